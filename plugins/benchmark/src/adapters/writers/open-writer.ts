import type {AdaptiveLimit} from '@ep23/llm'
import {usageError, type Runtime} from '@ep23/sdk'

import type {AnswerWriter} from '../../domain/answers/answer-writer.js'
import type {Scenario} from '../../domain/scenario.js'
import type {LlmJudgeFlags} from '../judges/llm/llm-judge-flags.js'

export interface WriterFlags {
  temperature: number | undefined
  promptPrice: number | undefined
  completionPrice: number | undefined
}

export interface WriterSources {
  runtime: Runtime
  /** Of the judge: one server, one limit, one seed, one patience. */
  llm: LlmJudgeFlags
  limit: AdaptiveLimit
  flags: WriterFlags
}

/**
 * The writer that `--answer-writer` names, as `dataset:seed --summarizer` names them: `extractive`, or `openai:MODEL` at `LLM_URL`.
 * @throws Ep23Error USAGE (64) for another name, without a server, and for a prompt that nobody knows how to answer
 */
export async function openWriter(name: string, scenario: Scenario, sources: WriterSources): Promise<AnswerWriter> {
  if (name === 'extractive') return (await import('./extractive-writer.js')).extractiveWriter(sources.runtime.clock)
  const model = /^openai:(.+)$/u.exec(name)?.[1]
  if (model === undefined)
    throw usageError(`--answer-writer ${name}: there is no such writer`, [
      '--answer-writer extractive',
      '--answer-writer openai:MODEL, with LLM_URL',
    ])
  return (await import('./open-llm-writer.js')).openLlmWriter(model, scenario, sources)
}
