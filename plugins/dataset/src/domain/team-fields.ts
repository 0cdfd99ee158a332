import {parseChannel, type ChannelName} from './channel.js'
import {LANGUAGE} from './document-values.js'
import type {Provenance} from './provenance.js'
import type {Message, Text} from '@ep23/sdk'

import {message} from '../words/words.js'

/** A document of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** One thing that is missing or wrong, with an RFC 6901 pointer into the document. */
export interface FieldProblem {
  pointer: string
  message: Text
}

// Telegram opened on 14 August 2013. The upper end only has to catch milliseconds taken for seconds.
const FIRST = Date.UTC(2013, 7, 14)
const LAST = Date.UTC(2100, 0, 1)
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/u
/** A larger number is a time in milliseconds, not in seconds. */
const MOST_SECONDS = 100_000_000_000

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

export function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** A text that says something. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** The first of these fields that holds a text. */
export function firstText(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textIn(fields[name])
    if (text !== undefined) return text
  }
  return undefined
}

/** A number of at least 0, also when it is written as text. */
export function amountIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** Only what is true or false: a feature is on or off. */
export function flagsIn(value: unknown): Record<string, boolean> {
  const flags = Object.entries(fieldsIn(value)).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
  )
  return Object.fromEntries(flags)
}

/**
 * A moment as the team's programs write it: a date, ISO 8601 text, seconds or milliseconds since 1970. What has no offset is
 * UTC there.
 */
export function momentIn(value: unknown): Date | undefined {
  const time = value instanceof Date ? value.getTime() : timeOf(value)
  return time >= FIRST && time < LAST ? new Date(time) : undefined
}

function timeOf(value: unknown): number {
  if (typeof value === 'number') return value > MOST_SECONDS ? value : value * 1000
  const [, day, time = '00:00', offset = 'Z'] = ISO.exec(typeof value === 'string' ? value.trim() : '') ?? []
  if (day === undefined) return Number.NaN
  const text = `${day}T${time}${/^[+-]\d{2}$/u.test(offset) ? `${offset}:00` : offset}`
  return new Date(day).toISOString().startsWith(day) ? Date.parse(text) : Number.NaN
}

/** The channel in its one form; undefined for a title or anything else that is no username. */
export function channelIn(value: unknown): ChannelName | undefined {
  try {
    return typeof value === 'string' ? parseChannel(value) : undefined
  } catch {
    return undefined
  }
}

/** What stands in a field, for a message: short, on one line. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

export function missing(pointer: string, what: Message, value: unknown): FieldProblem {
  const said =
    value === undefined ? message('fieldMissing', {what}) : message('fieldIs', {what, value: shownValue(value)})
  return {pointer, message: said}
}

const UNSPACED = /^\S{1,128}$/u

/** The id that the team gave, as it is. */
export function teamId(value: unknown): string | undefined {
  return typeof value === 'string' && UNSPACED.test(value) ? value : undefined
}

/** For a document without an id: `@channel-YYYYMMDD-HHMMSSmmm` of its moment in UTC, the same however often it is read. */
export function madeId(channel: string | undefined, createdAt: Date | undefined, kind = ''): string {
  const moment = createdAt?.toISOString().replaceAll(/[-:.Z]/gu, '') ?? 'undatedTunknown'
  return `${channel ?? '@unknown'}-${kind}${moment.replace('T', '-')}`
}

/** The team reads Russian channels alone: its documents may leave the language out. */
export function teamLanguage(fields: Fields): string {
  const language = textIn(fields['language'])
  return language !== undefined && LANGUAGE.test(language) ? language : 'ru'
}

export function teamProvenance(...places: readonly Fields[]): Pick<Provenance, 'origin' | 'llm_model'> {
  const models = places.flatMap(fields => [fieldsIn(fields['metadata']), fields])
  const model = models.map(fields => firstText(fields, ['llm_model'])).find(name => name !== undefined)
  return {origin: 'team', llm_model: model ?? 'unknown'}
}
