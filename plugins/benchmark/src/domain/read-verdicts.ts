import {ownField, type JudgedSample, type Score} from '@ep23/sdk'
import {findJson, type FoundJson, readNumber} from '@ep23/llm/text'

import {QuotedText} from './quotes.js'

/** Highest mark of the rubric; a score is mark / HIGHEST_MARK. */
export const HIGHEST_MARK = 10

/** Quotes for these come from the summary; for all others from the source. */
const QUOTED_FROM_SUMMARY: ReadonlySet<string> = new Set(['coherence'])

/** A whole mark and quotes, by score. */
export type Verdicts = Readonly<Record<string, Verdict>>

interface Verdict {
  mark: number
  quotes: readonly string[]
}

/** The verdicts in the JSON of an answer, or what is wrong with it. */
export function readVerdicts(json: unknown, scores: readonly string[]): FoundJson<Verdicts> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {problem: 'это не объект JSON'}
  const verdicts: Record<string, Verdict> = {}
  for (const name of scores) {
    const verdict = readVerdict(ownField(json as Record<string, unknown>, name))
    if (!verdict) return {problem: `${name} должен содержать why, quotes и целое score от 0 до ${HIGHEST_MARK}`}
    verdicts[name] = verdict
  }
  return {value: verdicts}
}

function readVerdict(value: unknown): Verdict | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const {score, quotes: given} = value as {score?: unknown; quotes?: unknown}
  const mark = readNumber(score, HIGHEST_MARK)
  const quotes = typeof given === 'string' ? [given] : given
  const isMark = mark !== undefined && Number.isInteger(mark) && mark >= 0 && mark <= HIGHEST_MARK
  if (!isMark || !Array.isArray(quotes) || !quotes.every(quote => typeof quote === 'string')) return undefined
  return {mark, quotes}
}

/** Marks as scores from 0 to 1, each with its quotes, or void where a quote does not stand in the text. */
export function toScores(verdicts: Verdicts, sample: JudgedSample, scores: readonly string[]): Record<string, Score> {
  const texts = {source: new QuotedText(sample.source_text), summary: new QuotedText(sample.summary_markdown)}
  return Object.fromEntries(
    scores.flatMap(name => {
      const verdict = ownField(verdicts, name)
      const within = QUOTED_FROM_SUMMARY.has(name) ? texts.summary : texts.source
      return verdict ? [[name, toScore(verdict, within)]] : []
    }),
  )
}

function toScore({mark, quotes}: Verdict, text: QuotedText): Score {
  if (quotes.length === 0) return {unmeasured: 'evidence_not_found', detail: 'no quote was given'}
  const invented = quotes.find(quote => !text.holds(quote))
  if (invented !== undefined)
    return {unmeasured: 'evidence_not_found', detail: `not in the text: ${invented.slice(0, 200)}`}
  return {value: mark / HIGHEST_MARK, evidence: quotes}
}

/** Why a judge gave its marks, in its own words, by score; nothing when its answer cannot be read. */
export function reasonsIn(reply: string, scores: readonly string[]): Record<string, string> {
  let reasons: Record<string, string> = {}
  findJson(reply, json => {
    const found = readVerdicts(json, scores)
    if ('value' in found) reasons = Object.fromEntries(scores.flatMap(name => reasonOf(json, name)))
    return found
  })
  return reasons
}

function reasonOf(json: unknown, name: string): [string, string][] {
  const {why} = (json as Record<string, {why?: unknown}>)[name] ?? {}
  return typeof why === 'string' && why.trim() !== '' ? [[name, why.trim()]] : []
}
