import type {Clock} from '@ep23/sdk'
import {EXTRACTIVE_VERSION, summarizeText} from '@ep23/plugin-dataset/summaries'

import type {AnswerWriter} from '../../domain/answers/answer-writer.js'

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
