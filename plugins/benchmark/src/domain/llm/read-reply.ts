import type {JudgedSample, Score} from '@ep23/sdk'
import {words} from '@ep23/plugin-dataset/text'

import {HIGHEST_MARK, QUOTED_FROM_SUMMARY} from './judge-prompt.js'

/** What an answer says, or what is wrong with it in a sentence (Russian: the judge reads it when it is asked again). */
export type ReadReply = {scores: Record<string, Score>} | {problem: string}

/** Shorter quotes could stand anywhere. */
const FEWEST_QUOTED_WORDS = 2

const FENCE = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/u

/**
 * Reads a judge's answer: one JSON object with a whole mark and quotes for each score. A score whose quotes do not all stand in
 * the text they should come from is void: a judge that invents evidence may have invented the mark as well. Pure, so that the
 * scores of a run can be computed again from its raw answers.
 */
export function readReply(reply: string, sample: JudgedSample, scores: readonly string[]): ReadReply {
  const value = parseObject(reply)
  if (value === undefined) return {problem: 'это не объект JSON'}
  const missing = scores.find(name => !isVerdict(value[name]))
  if (missing !== undefined)
    return {problem: `${missing} должен содержать why, quotes и целое score от 0 до ${HIGHEST_MARK}`}
  const texts = {source: wordRun(sample.source_text), summary: wordRun(sample.summary_markdown)}
  const read = scores.map(name => {
    const within = QUOTED_FROM_SUMMARY.has(name) ? texts.summary : texts.source
    return [name, toScore(value[name] as Verdict, within)] as const
  })
  return {scores: Object.fromEntries(read)}
}

interface Verdict {
  score: number
  quotes: string[]
}

function parseObject(reply: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(FENCE.exec(reply)?.[1] ?? reply)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    // Not JSON is an answer too: the caller asks once more, then leaves the sample unmeasured.
    return undefined
  }
}

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false
  const {score, quotes} = value as Partial<Record<keyof Verdict, unknown>>
  const isMark = Number.isInteger(score) && Number(score) >= 0 && Number(score) <= HIGHEST_MARK
  return isMark && Array.isArray(quotes) && quotes.every(quote => typeof quote === 'string')
}

function toScore({score, quotes}: Verdict, text: string): Score {
  if (quotes.length === 0) return {unmeasured: 'evidence_not_found', detail: 'no quote was given'}
  const invented = quotes.find(quote => !isQuoted(quote, text))
  if (invented !== undefined)
    return {unmeasured: 'evidence_not_found', detail: `not in the text: ${invented.slice(0, 200)}`}
  return {value: score / HIGHEST_MARK, evidence: quotes}
}

/** Compared word by word in matching form: case, ё, quotation marks and dashes may differ, words may not. */
function isQuoted(quote: string, text: string): boolean {
  const quoted = words(quote)
  return quoted.length >= FEWEST_QUOTED_WORDS && text.includes(` ${quoted.join(' ')} `)
}

function wordRun(text: string): string {
  return ` ${words(text).join(' ')} `
}
