import {findJson, type FoundJson, readNumber} from '@ep23/llm/text'
import {words} from '@ep23/plugin-dataset/text'
import type {JudgedSample, Score} from '@ep23/sdk'

import {HIGHEST_MARK, QUOTED_FROM_SUMMARY} from './judge-prompt.js'

/** What an answer says, or what is wrong with it in a sentence (Russian: the judge reads it when it is asked again). */
export type ReadReply = {scores: Record<string, Score>} | {problem: string}

/** A whole mark and quotes, by score. */
export type Verdicts = Readonly<Record<string, Verdict>>

interface Verdict {
  mark: number
  quotes: readonly string[]
}

/** Shorter quotes could stand anywhere. */
const FEWEST_QUOTED_WORDS = 2

/**
 * Reads a judge's answer: one JSON object, in whatever it is wrapped, with a whole mark and quotes for each score. A score whose
 * quotes do not all stand in the text they should come from is void: a judge that invents evidence may have invented the mark as
 * well. Pure, so that the scores of a run can be computed again from its raw answers.
 */
export function readReply(reply: string, sample: JudgedSample, scores: readonly string[]): ReadReply {
  const found = findJson(reply, json => readVerdicts(json, scores))
  return 'problem' in found ? found : {scores: toScores(found.value, sample, scores)}
}

/** The verdicts in the JSON of an answer, or what is wrong with it. */
export function readVerdicts(json: unknown, scores: readonly string[]): FoundJson<Verdicts> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {problem: 'это не объект JSON'}
  const verdicts: Record<string, Verdict> = {}
  for (const name of scores) {
    const verdict = readVerdict((json as Record<string, unknown>)[name])
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
  const texts = {source: wordRun(sample.source_text), summary: wordRun(sample.summary_markdown)}
  return Object.fromEntries(
    scores.flatMap(name => {
      const verdict = verdicts[name]
      const within = QUOTED_FROM_SUMMARY.has(name) ? texts.summary : texts.source
      return verdict ? [[name, toScore(verdict, within)]] : []
    }),
  )
}

function toScore({mark, quotes}: Verdict, text: string): Score {
  if (quotes.length === 0) return {unmeasured: 'evidence_not_found', detail: 'no quote was given'}
  const invented = quotes.find(quote => !isQuoted(quote, text))
  if (invented !== undefined)
    return {unmeasured: 'evidence_not_found', detail: `not in the text: ${invented.slice(0, 200)}`}
  return {value: mark / HIGHEST_MARK, evidence: quotes}
}

/** Compared word by word in matching form: case, ё, quotation marks and dashes may differ, words may not. */
function isQuoted(quote: string, text: string): boolean {
  const quoted = words(quote)
  return quoted.length >= FEWEST_QUOTED_WORDS && text.includes(` ${quoted.join(' ')} `)
}

function wordRun(text: string): string {
  return ` ${words(text).join(' ')} `
}
