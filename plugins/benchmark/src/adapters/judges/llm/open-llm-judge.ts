import {usageError, type Judge} from '@ep23/sdk'

import {PROMPT_VERSIONS} from '../../../domain/llm/judge-prompt.js'
import type {Scenario} from '../../../domain/scenario.js'
import {AdaptiveLimit} from '../../chat/adaptive-limit.js'
import {chatClient} from '../../chat/chat-client.js'
import {llmJudge} from './llm-judge.js'
import type {JudgeSources} from '../open-judge.js'
import {PatientChat} from '../../chat/patient-chat.js'
import {storeAnswerCache} from '../../chat/store-answer-cache.js'

/** @throws Ep23Error USAGE (64) without a server, a model or a prompt that exists */
export function openLlmJudge(scenario: Scenario, {runtime, llm: flags, limit}: JudgeSources): Judge {
  const {settings, store, clock, tracer} = runtime
  const url = settings.llmUrl
  if (!url) throw usageError('--judge llm needs a server', ['set LLM_URL, such as http://127.0.0.1:8000/v1'])
  if (!flags.model) throw usageError('--judge llm needs --model', ['name a model that the server has'])
  if (!PROMPT_VERSIONS.includes(scenario.prompt))
    throw usageError(`scenario ${scenario.name} asks for the prompt ${scenario.prompt}, which does not exist`, [
      `prompts: ${PROMPT_VERSIONS.join(', ')}`,
    ])
  const server = {baseURL: url, apiKey: settings.llmApiKey, traceparent: () => tracer.traceparent()}
  const requests = limit ?? new AdaptiveLimit(flags.concurrency)
  return llmJudge({
    chat: new PatientChat(chatClient(server), requests, flags),
    retune: concurrency => requests.retune(concurrency),
    cache: storeAnswerCache(store),
    clock,
    endpoint: new URL(url).host,
    model: flags.model,
    promptVersion: scenario.prompt,
    scores: scenario.scores,
    temperature: flags.temperature,
    seed: flags.seed,
    maxSourceCharacters: flags.maxSourceCharacters,
    concurrency: flags.concurrency,
    offline: flags.replay === 'strict',
    prices: {prompt: flags.promptPrice, completion: flags.completionPrice},
  })
}
