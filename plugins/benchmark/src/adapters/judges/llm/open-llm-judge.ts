import {usageError, type Judge} from '@ep23/sdk'

import {PROMPT_VERSIONS} from '../../../domain/llm/judge-prompt.js'
import type {Scenario} from '../../../domain/scenario.js'
import {openAsker} from '../../open-asker.js'
import type {JudgeSources} from '../open-judge.js'
import {llmJudge} from './llm-judge.js'

/** @throws Ep23Error USAGE (64) without a server, a model or a prompt that exists */
export function openLlmJudge(scenario: Scenario, {runtime, llm, limit}: JudgeSources): Judge {
  const prices = {prompt: llm.promptPrice, completion: llm.completionPrice}
  const {asker, endpoint, retune} = openAsker(runtime, llm, {neededBy: '--judge llm needs it', limit, prices})
  if (!llm.model) throw usageError('--judge llm needs --model', ['name a model that the server has'])
  if (!PROMPT_VERSIONS.includes(scenario.prompt))
    throw usageError(`scenario ${scenario.name} asks for the prompt ${scenario.prompt}, which does not exist`, [
      `prompts: ${PROMPT_VERSIONS.join(', ')}`,
    ])
  return llmJudge({
    ...asker,
    retune,
    endpoint,
    model: llm.model,
    promptVersion: scenario.prompt,
    scores: scenario.scores,
    temperature: llm.temperature,
    seed: llm.seed,
    maxSourceCharacters: llm.maxSourceCharacters,
    concurrency: llm.concurrency,
  })
}
