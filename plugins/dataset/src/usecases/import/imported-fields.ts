import {parseChannel, type ChannelName} from '../../domain/channel.js'
import {dayOf} from '../../domain/day-window.js'
import type {Origin} from '../../domain/documents/origin.js'

/** What the user says of documents that do not say it themselves. */
export interface ImportDefaults {
  origin?: Origin
  model?: string
  timeZone: string
}

export type Fields = Record<string, unknown>

const DAILY_ID = /^@[a-z0-9_]{4,32}:\d{4}-\d{2}-\d{2}$/u

/** An object's fields without MongoDB's own `_id`, or a refusal. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${what} is not an object`)
  const {_id: _, ...fields} = value as Fields
  return fields
}

/** A date as Extended JSON (`{"$date": …}`, with or without `$numberLong`) or as ISO 8601 text. */
export function reviveDate(value: unknown, field: string): Date {
  const inner = isFields(value) && '$date' in value ? value['$date'] : value
  const plain = isFields(inner) && '$numberLong' in inner ? Number(inner['$numberLong']) : inner
  const date = typeof plain === 'string' || typeof plain === 'number' ? new Date(plain) : undefined
  if (date === undefined || Number.isNaN(date.getTime()))
    throw new TypeError(`${field} is not a date: ${JSON.stringify(value)}`)
  return date
}

export function reviveChannel(value: unknown, field: string): ChannelName {
  if (typeof value === 'string') return parseChannel(value)
  throw new TypeError(`${field} is missing`)
}

/** The natural key: kept when it has its form, else made of channel and day. */
export function dailyId(given: unknown, channel: ChannelName, createdAt: Date, timeZone: string): string {
  if (typeof given === 'string' && DAILY_ID.test(given)) return given
  return `${channel}:${dayOf(createdAt, timeZone)}`
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
