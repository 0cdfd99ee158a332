import {isObject, type Message, type Text} from '@ep23/sdk'
import {RecordProblem} from './problems.js'
import {message} from '../../../words/words.js'

/** A JSON object of which nothing is known yet. */
export type RawRecord = Record<string, unknown>

const CHANNEL_MARK = 1_000_000_000_000
// Pandas writes the ids of a column with a hole as "100.0".
const WHOLE = /^\d{1,16}(?:\.0+)?$/u
const NAME = /^[^\s\p{Cc}]{1,200}$/u

export function asObject(value: unknown, what: Message = message('theRecord')): RawRecord {
  if (isObject(value)) return value
  throw new RecordProblem(message('notObject', {what, kind: kindOf(value)}))
}

/** A string that is there and not empty. A lone surrogate, which no channel can hold, becomes U+FFFD. */
export function optionalString(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') throw new RecordProblem(message('notString', {field, kind: kindOf(value)}))
  if (value.includes('\0')) throw new RecordProblem(message('holdsNul', {field}))
  return value.toWellFormed()
}

/** A message id of Telegram: a whole number from 1, also when written as a string or as `100.0`. */
export function messageId(value: unknown, field: string): string {
  const plain = plainValue(value)
  const number = typeof plain === 'string' && WHOLE.test(plain) ? Number(plain) : plain
  if (typeof number === 'number' && Number.isSafeInteger(number) && number > 0) return String(number)
  throw new RecordProblem(message('notWhole', {field, value: describeValue(value), most: Number.MAX_SAFE_INTEGER}))
}

/** A post's id in a file of anybody's making: a message id, or a name without spaces of at most 200 characters. */
export function postId(value: unknown, field: string): string {
  const plain = plainValue(value)
  if (typeof plain !== 'string' || WHOLE.test(plain)) return messageId(plain, field)
  if (NAME.test(plain)) return plain.toWellFormed()
  throw new RecordProblem(message('notId', {field, value: describeValue(value)}))
}

/** A channel's bare id from an id of any form: `1234`, `-1234`, `-1001000001234`, `channel1234`; undefined for anything else. */
export function bareChannelId(value: unknown): string | undefined {
  const plain = plainValue(value)
  if (typeof plain !== 'number' && typeof plain !== 'string') return undefined
  const number = Math.abs(Number(String(plain).replace(/^channel/u, '')))
  if (!Number.isSafeInteger(number) || number === 0 || number === CHANNEL_MARK) return undefined
  return String(number > CHANNEL_MARK ? number - CHANNEL_MARK : number)
}

/** The same of a sender's id, which is a channel's only when its form says so (`-100…`, `channel…`): users have bare ids. */
export function senderChannelId(value: unknown): string | undefined {
  const plain = plainValue(value)
  const isChannel = typeof plain === 'string' && plain.startsWith('channel')
  return isChannel || Number(plain) < -CHANNEL_MARK ? bareChannelId(plain) : undefined
}

/** An http(s) address, `t.me/…` also without the scheme; undefined for anything else. */
export function httpUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const url = /^(?:www\.)?(?:t|telegram)\.me\//u.test(value) ? `https://${value}` : value
  return /^https?:\/\//u.test(url) && URL.canParse(url) ? url.toWellFormed() : undefined
}

/** A value for a reader of messages: short strings and numbers as they are, of anything else its kind. */
export function describeValue(value: unknown): Text {
  if (value === undefined) return message('missingValue')
  if (typeof value === 'string' && value.length <= 60) return JSON.stringify(value)
  return typeof value === 'number' ? String(value) : kindOf(value)
}

function kindOf(value: unknown): Text {
  if (value === undefined) return message('missingValue')
  if (value === null) return 'null'
  if (Array.isArray(value)) return message('anArray')
  return typeof value === 'object' ? message('anObject') : message('ofType', {type: typeof value})
}

const NUMBERS = new Set(['$numberLong', '$numberInt', '$numberDouble', '$numberDecimal'])
const TEXTS = new Set(['$oid', '$symbol', '$uuid'])
const BSON_NUMBERS = new Set(['Long', 'Int32', 'Double', 'Decimal128', 'Timestamp'])

/**
 * The value that MongoDB's Extended JSON stands for, relaxed or canonical (`{"$date": …}`, `{"$numberLong": "7"}`), or an
 * object of the bson library; anything else as it is.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return value
  if (isBson(value)) return BSON_NUMBERS.has(value._bsontype) ? Number(value) : value.toString()
  for (const key in value) {
    if (!key.startsWith('$')) return value
    return unwrapped(key, (value as Record<string, unknown>)[key]) ?? value
  }
  return value
}

interface BsonValue {
  _bsontype: string
  toString(): string
}

function isBson(value: object): value is BsonValue {
  return '_bsontype' in value
}

function unwrapped(key: string, inner: unknown): unknown {
  if (key === '$date') return dateOf(plainValue(inner))
  if (TEXTS.has(key) && typeof inner === 'string') return inner
  if (!NUMBERS.has(key) || (typeof inner !== 'string' && typeof inner !== 'number')) return undefined
  const number = Number(inner)
  // A 64-bit number that JavaScript cannot hold stays text, so that it is not rounded.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? inner : number
}

function dateOf(value: unknown): Date | undefined {
  return typeof value === 'string' || typeof value === 'number' ? new Date(value) : undefined
}
