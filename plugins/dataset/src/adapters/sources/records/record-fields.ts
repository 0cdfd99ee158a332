import {RecordProblem} from './record-problem.js'

/** A JSON object of which nothing is known yet. */
export type RawRecord = Record<string, unknown>

const CHANNEL_MARK = 1_000_000_000_000
const DIGITS = /^\d{1,16}$/u
const NAME = /^[^\s\p{Cc}]{1,200}$/u

export function asObject(value: unknown, what = 'the record'): RawRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as RawRecord
  throw new RecordProblem(`${what} is ${kindOf(value)}, not an object`)
}

/** A string that is there and not empty. A lone surrogate, which no channel can hold, becomes U+FFFD. */
export function optionalString(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') throw new RecordProblem(`"${field}" is ${kindOf(value)}, not a string`)
  if (value.includes('\0')) throw new RecordProblem(`"${field}" holds a NUL character (U+0000)`)
  return value.toWellFormed()
}

/** A message id of Telegram: a whole number from 1, also when written as a string. */
export function messageId(value: unknown, field: string): string {
  const number = typeof value === 'string' && DIGITS.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number > 0) return String(number)
  throw new RecordProblem(`"${field}" is ${shown(value)}, not a whole number from 1 to ${Number.MAX_SAFE_INTEGER}`)
}

/** A post's id in a file of anybody's making: a message id, or a name without spaces of at most 200 characters. */
export function postId(value: unknown, field: string): string {
  if (typeof value !== 'string' || DIGITS.test(value)) return messageId(value, field)
  if (NAME.test(value)) return value.toWellFormed()
  throw new RecordProblem(`"${field}" is ${shown(value)}, not an id without spaces of at most 200 characters`)
}

/** The bare id of a channel from an id that clients mark with `-100`; undefined for anything else. */
export function bareChannelId(marked: unknown): string | undefined {
  const number = Number(marked)
  return Number.isSafeInteger(number) && number < -CHANNEL_MARK ? String(-number - CHANNEL_MARK) : undefined
}

/** An http(s) address; `t.me/…` may come without the scheme. */
export function optionalUrl(value: unknown, field: string): string | undefined {
  const text = optionalString(value, field)
  if (text === undefined) return undefined
  const url = text.startsWith('t.me/') ? `https://${text}` : text
  if (/^https?:\/\//u.test(url) && URL.canParse(url)) return url
  throw new RecordProblem(`"${field}" is ${shown(value)}, not an http address`)
}

/** A value for a reader of messages: short strings and numbers as they are, of anything else its kind. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'string' && value.length <= 60) return JSON.stringify(value)
  return typeof value === 'number' ? String(value) : kindOf(value)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
