import {documentText, errorMessage, verbatim, type Message} from '@ep23/sdk'

import type {Digest} from '../domain/digest.js'
import type {LlmJudge} from '../domain/quality.js'
import type {ReviewReport} from '../domain/review-report.js'
import {isFields, momentIn, shownValue, type FieldProblem, type Fields} from '../domain/team-fields.js'
import {message as say} from '../words/words.js'

/** Seconds of a day: no digest took longer to write. */
const LONGEST_WRITING = 86_400
/** Hours of a leap year. */
const LONGEST_RANGE = 8784
/** Fields that identify and never calculate: their digits are kept as text. */
const IDS = new Set(['_id', 'id', 'post_id', 'message_id', 'channel_id', 'chat_id', 'user_id'])

/**
 * A parsed record as plain values, without MongoDB's own `_id`: integers beyond 2^53 stay as their digits where they are ids and
 * are a problem elsewhere, and so is whatever no store can hold.
 */
export function plainFields(value: unknown): {fields: Fields; problems: FieldProblem[]} {
  if (!isFields(value)) return {fields: {}, problems: [{pointer: '', message: say('recordNotObject')}]}
  const problems: FieldProblem[] = []
  const {_id: _, ...fields} = plain(value, '', problems) as Fields
  if (problems.length > 0) return {fields, problems}
  try {
    documentText(fields, PLACE)
  } catch (error) {
    problems.push({pointer: '', message: withoutPlace(error)})
  }
  return {fields, problems}
}

const PLACE = 'record'

// What is wrong is told after a place of its own.
function withoutPlace(error: unknown): Message {
  const told = errorMessage(error)
  const rest = (text: string): string => text.slice(PLACE.length + 2)
  return {...verbatim(rest(told.english)), in: async language => rest(await told.in(language))}
}

function plain(value: unknown, pointer: string, problems: FieldProblem[]): unknown {
  if (typeof value === 'bigint') return exact(value, pointer, problems)
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${pointer}/${index}`, problems))
  if (!isFields(value)) return value
  // Not an assignment: a field may be called __proto__.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, plain(inner, `${pointer}/${name}`, problems)]),
  )
}

function exact(value: bigint, pointer: string, problems: FieldProblem[]): string {
  const digits = String(value)
  if (!IDS.has(pointer.split('/').at(-1) ?? '')) problems.push({pointer, message: say('beyondExact', {digits})})
  return digits
}

/** What a schema does not say of a digest's numbers and dates. */
export function digestLimits({created_at, posts, latency_seconds, metadata, quality}: Digest): FieldProblem[] {
  return [
    ...outsideTime('/created_at', created_at),
    ...posts.flatMap((post, index) =>
      post.published_at ? outsideTime(`/posts/${index}/published_at`, post.published_at) : [],
    ),
    ...above('/latency_seconds', latency_seconds, LONGEST_WRITING),
    ...above('/metadata/time_range_hours', metadata.time_range_hours, LONGEST_RANGE),
    ...scoreLimits('/quality/llm_judge', quality?.llm_judge),
  ]
}

export function reviewLimits({created_at, report: {metadata}}: ReviewReport): FieldProblem[] {
  return [
    ...outsideTime('/created_at', created_at),
    ...above('/report/metadata/latency_seconds', metadata.latency_seconds, LONGEST_WRITING),
    ...scoreLimits('/report/metadata/llm_judge', metadata.llm_judge),
  ]
}

function outsideTime(pointer: string, date: Date): FieldProblem[] {
  if (momentIn(date)) return []
  return [{pointer, message: say('outsideTelegram', {moment: date.toISOString()})}]
}

function above(pointer: string, value: number | null | undefined, most: number): FieldProblem[] {
  return typeof value === 'number' && value > most ? [{pointer, message: say('isAbove', {value, most})}] : []
}

function scoreLimits(pointer: string, judgement: LlmJudge | null | undefined): FieldProblem[] {
  return Object.entries(judgement?.scores ?? {})
    .filter(([, score]) => !(score >= 0 && score <= 1))
    .map(([name, score]) => ({
      pointer: `${pointer}/scores/${name}`,
      message: say('notShare', {value: shownValue(score)}),
    }))
}
