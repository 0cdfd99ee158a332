import {EXTRACTIVE_VERSION, summarizeText} from '@ep23/plugin-dataset/summaries'
import {type Clock, usageError, verbatim} from '@ep23/sdk'

import type {AnswerWriter} from '../domain/answers.js'
import type {Scenario} from '../domain/scenario.js'
import type {WriterSources} from './llm-writer.js'
import {message} from '../words/words.js'

/**
 * The writer that `--answer-writer` names, as `dataset:seed --summarizer` names them: `extractive`, or `openai:MODEL` at `LLM_URL`.
 * @throws Ep23Error USAGE (64) for another name, without a server, and for a prompt that nobody knows how to answer
 */
export async function openWriter(name: string, scenario: Scenario, sources: WriterSources): Promise<AnswerWriter> {
  if (name === 'extractive') return extractiveWriter(sources.runtime.clock)
  const model = /^openai:(.+)$/u.exec(name)?.[1]
  if (model === undefined)
    throw usageError(message('noWriter', {name}), [verbatim('--answer-writer extractive'), message('writerModel')])
  return (await import('./llm-writer.js')).openLlmWriter(model, scenario, sources)
}

/** Writes answers from the source's own sentences: no model, no network, and every answer to a source is the same text. */
export function extractiveWriter(clock: Clock): AnswerWriter {
  return {
    model: EXTRACTIVE_VERSION,
    prompt: null,
    settings: {},
    async write({source_text: source}) {
      const started = clock.monotonic()
      const text = summarizeText(source)
      const latency_seconds = clock.monotonic() - started
      const nothing = {usage: null, trail: null}
      if (text !== '') return {text, missing: null, latency_seconds, ...nothing}
      const detail = 'the source has no sentence to take'
      return {text: null, missing: {unmeasured: 'empty_summary', detail}, latency_seconds: null, ...nothing}
    },
  }
}
