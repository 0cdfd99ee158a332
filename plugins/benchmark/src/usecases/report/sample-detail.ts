import type {JudgedSample, Score} from '@ep23/sdk'

import {type AnswerLine, answeredSample} from '../../domain/answers.js'
import {QuotedText, type WordAt, wordsAt} from '../../domain/quotes.js'
import type {SampleLine} from '../../domain/sample-line.js'
import {extractiveness} from '../../measures/extractive-fragments.js'

/** A summary beside its source, with the places that they share. */
export interface DetailedAnswer {
  summary: string
  model: string | null
  /** [start, end) in the summary, [start, end) in the source. */
  fragments: readonly (readonly [number, number, number, number])[]
}

/** A sample's texts for the page, with the places to mark. */
export interface SampleDetail {
  source: string
  /** The summary that came with the dataset, or those that were written for this run. */
  answers: readonly DetailedAnswer[]
  judgements: readonly {
    answer: number
    repeat: number
    scores: Readonly<Record<string, Score>>
    truncated: number
    /** Quotes found in the source: [start, end). */
    evidence: readonly (readonly [number, number])[]
  }[]
}

/** @param written answers written anew; none when the record's own summary was judged */
export function sampleDetail(
  record: JudgedSample,
  lines: readonly SampleLine[],
  written: readonly AnswerLine[] = [],
): SampleDetail {
  const {source_text: source} = record
  const quoted = new QuotedText(source)
  const judged = written.length === 0 ? [record] : written.map(line => answeredSample(record, line, ''))
  return {
    source,
    answers: judged.map(detailedAnswer),
    judgements: lines.map(({answer, repeat, scores, truncated_characters: truncated}) => ({
      answer,
      repeat,
      scores,
      truncated,
      evidence: Object.values(scores).flatMap(score => quotesIn(quoted, score)),
    })),
  }
}

function detailedAnswer({source_text: source, summary_markdown: summary, metadata}: JudgedSample): DetailedAnswer {
  const model = metadata['llm_model']
  const fragments = findFragments(source, summary).map(
    ({summary: inSummary, source: inSource}) => [...inSummary, ...inSource] as const,
  )
  return {summary, model: typeof model === 'string' && model !== '' ? model : null, fragments}
}

/** Where the judge's quotes stand in the source; those that do not stand there are left out. */
export function quotesIn(source: QuotedText, score: Score): (readonly [number, number])[] {
  const quotes = 'value' in score ? (score.evidence ?? []) : []
  return quotes.flatMap(quote => {
    const place = source.placeOf(quote)
    return place ? [place] : []
  })
}

/** A run of words of the summary that stands in the source as well; offsets in UTF-16 units, ends excluded. */
interface SharedFragment {
  summary: readonly [start: number, end: number]
  source: readonly [start: number, end: number]
}

/** Shorter runs are mostly chance: prepositions with a frequent noun. */
const FEWEST_WORDS = 3

/** The extractive fragments of Grusky et al. (2018), as places in both texts, in the order of the summary. */
export function findFragments(source: string, summary: string): SharedFragment[] {
  const [from, to] = [wordsAt(source), wordsAt(summary)]
  const {fragments} = extractiveness(
    to.map(({form}) => form),
    from.map(({form}) => form),
  )
  return fragments
    .filter(({length}) => length >= FEWEST_WORDS)
    .map(({summary: inSummary, article, length}) => ({
      summary: span(to, inSummary, length),
      source: span(from, article, length),
    }))
}

function span(words: readonly WordAt[], first: number, length: number): readonly [number, number] {
  return [(words[first] as WordAt).start, (words[first + length - 1] as WordAt).end]
}
