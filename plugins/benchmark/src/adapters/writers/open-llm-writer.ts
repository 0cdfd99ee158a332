import {usageError} from '@ep23/sdk'

import type {AnswerWriter} from '../../domain/answers/answer-writer.js'
import {ANSWERABLE_PROMPTS, writingPrompt} from '../../domain/answers/writing-prompt.js'
import type {Scenario} from '../../domain/scenario.js'
import {chatClient} from '../chat/chat-client.js'
import {PatientChat} from '../chat/patient-chat.js'
import {storeAnswerCache} from '../chat/store-answer-cache.js'
import {llmWriter} from './llm-writer.js'
import type {WriterSources} from './open-writer.js'

/** @throws Ep23Error USAGE (64) without a server, and for a scenario whose prompt nobody knows how to answer */
export function openLlmWriter(model: string, scenario: Scenario, sources: WriterSources): AnswerWriter {
  const {runtime, llm, limit, flags} = sources
  const {settings, store, clock, tracer} = runtime
  const url = settings.llmUrl
  if (!url)
    throw usageError(`--answer-writer openai:${model} needs a server`, [
      'set LLM_URL, such as http://127.0.0.1:8000/v1',
      'or write without a model: --answer-writer extractive',
    ])
  const prompt = writingPrompt(scenario.prompt)
  if (!prompt)
    throw usageError(`--answer-writer cannot answer the prompt ${scenario.prompt} of the scenario ${scenario.name}`, [
      `prompts that it knows: ${ANSWERABLE_PROMPTS.join(', ')}`,
      'or write without a model: --answer-writer extractive',
    ])
  const server = {baseURL: url, apiKey: settings.llmApiKey, traceparent: () => tracer.traceparent()}
  // The judge's prices are of the judge's model.
  const same = llm.model === model
  return llmWriter({
    chat: new PatientChat(chatClient(server), limit, llm),
    cache: storeAnswerCache(store),
    clock,
    endpoint: new URL(url).host,
    model,
    prompt,
    temperature: flags.temperature ?? null,
    seed: llm.seed,
    concurrency: llm.concurrency,
    offline: llm.replay === 'strict',
    prices: {
      prompt: flags.promptPrice ?? (same ? llm.promptPrice : undefined),
      completion: flags.completionPrice ?? (same ? llm.completionPrice : undefined),
    },
    retune: concurrency => limit.retune(concurrency),
  })
}
