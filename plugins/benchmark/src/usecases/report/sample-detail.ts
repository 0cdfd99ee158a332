import type {JudgedSample, Score} from '@ep23/sdk'

import type {SampleLine} from '../../domain/sample.js'
import {findFragments} from './find-fragments.js'

/** A sample's texts for the page, with the places to mark. */
export interface SampleDetail {
  source: string
  summary: string
  model: string | null
  /** [start, end) in the summary, [start, end) in the source. */
  fragments: readonly (readonly [number, number, number, number])[]
  judgements: readonly {
    answer: number
    repeat: number
    scores: Readonly<Record<string, Score>>
    truncated: number
    /** Quotes found word for word in the source: [start, end). */
    evidence: readonly (readonly [number, number])[]
  }[]
}

export function sampleDetail(record: JudgedSample, lines: readonly SampleLine[]): SampleDetail {
  const {source_text: source, summary_markdown: summary, metadata} = record
  const model = metadata['llm_model']
  return {
    source,
    summary,
    model: typeof model === 'string' ? model : null,
    fragments: findFragments(source, summary).map(({summary: inSummary, source: inSource}) => [
      ...inSummary,
      ...inSource,
    ]),
    judgements: lines.map(({answer, repeat, scores, truncated_characters: truncated}) => ({
      answer,
      repeat,
      scores,
      truncated,
      evidence: Object.values(scores).flatMap(score => quotesIn(source, score)),
    })),
  }
}

function quotesIn(source: string, score: Score): (readonly [number, number])[] {
  const quotes = 'value' in score ? (score.evidence ?? []) : []
  return quotes.flatMap(quote => {
    const start = quote === '' ? -1 : source.indexOf(quote)
    return start < 0 ? [] : [[start, start + quote.length] as const]
  })
}
