import {usageError} from '@ep23/sdk'

import type {AnswerWriter} from '../../domain/answers/answer-writer.js'
import {ANSWERABLE_PROMPTS, writingPrompt} from '../../domain/answers/writing-prompt.js'
import type {Scenario} from '../../domain/scenario.js'
import {openAsker} from '../open-asker.js'
import {llmWriter} from './llm-writer.js'
import type {WriterSources} from './open-writer.js'

/** @throws Ep23Error USAGE (64) without a server, and for a scenario whose prompt nobody knows how to answer */
export function openLlmWriter(model: string, scenario: Scenario, sources: WriterSources): AnswerWriter {
  const {runtime, llm, limit, flags} = sources
  // The judge's prices are of the judge's model.
  const same = llm.model === model
  const prices = {
    prompt: flags.promptPrice ?? (same ? llm.promptPrice : undefined),
    completion: flags.completionPrice ?? (same ? llm.completionPrice : undefined),
  }
  const neededBy = `--answer-writer openai:${model} needs it; or write without a model with --answer-writer extractive`
  const {asker, endpoint, retune} = openAsker(runtime, llm, {neededBy, limit, prices})
  const prompt = writingPrompt(scenario.prompt)
  if (!prompt)
    throw usageError(`--answer-writer cannot answer the prompt ${scenario.prompt} of the scenario ${scenario.name}`, [
      `prompts that it knows: ${ANSWERABLE_PROMPTS.join(', ')}`,
      'or write without a model: --answer-writer extractive',
    ])
  return llmWriter({
    ...asker,
    endpoint,
    model,
    prompt,
    temperature: flags.temperature ?? null,
    seed: llm.seed,
    concurrency: llm.concurrency,
    retune,
  })
}
