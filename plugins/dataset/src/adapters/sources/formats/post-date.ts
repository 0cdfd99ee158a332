import type {ZoneOffsets} from '../../../domain/zone-offsets.js'
import {plainValue, describeValue} from './record-fields.js'
import {RecordProblem} from './problems.js'
import {message} from '../../../words/words.js'

/** Reads the dates that say nothing of their offset, and counts what had to be assumed. */
export interface NaiveDates {
  /** The clock they show: UTC, that of a zone, or unknown (undefined), which is refused. */
  clock: 'utc' | ZoneOffsets | undefined
  /** The zone whose day a date without a time means; UTC when it is not set. */
  calendar?: ZoneOffsets | undefined
  assumed?: {naiveDates: number; datesWithoutTime: number}
}

// ISO 8601 (RFC 3339 with the usual liberties): a blank for the T, an offset of hours alone (PostgreSQL) or with the zone's
// name behind it (Go), no seconds, no offset, no time.
const ISO =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?(?: [A-Z]{3})?)?)?$/u
// As people in Russia write it, and as Telegram Desktop's HTML does.
const DOTTED =
  /^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(\d{4})(?:,? (\d{1,2}:\d{2}(?::\d{2})?) ?(UTC|(?:UTC)?[+-]\d{2}:?\d{2})?)?$/u
// RFC 5322, as in mail and feeds.
const MAIL = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|UTC|[+-]\d{4})$/u
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?$/u
const OFFSET = /^(?:UTC|GMT)?([+-])(0\d|1[0-4]):?([0-5]\d)?(?: [A-Z]{3})?$/u
const SECONDS = /^\d{1,12}(?:\.\d{1,9})?$/u
const MILLISECONDS = /^\d{13}$/u

// Telegram opened on 14 August 2013. A number past 2100 as seconds may be one of milliseconds, as pandas and databases write.
const FIRST = Date.UTC(2013, 7, 14)
const LAST = Date.UTC(2100, 0, 1)

/**
 * A moment from ISO 8601 text, `DD.MM.YYYY HH:MM:SS`, an RFC 5322 date, seconds or milliseconds since 1970, or a Date.
 * @throws RecordProblem with the field's name and what stands there.
 */
export function postDate(value: unknown, field: string, naive: NaiveDates): Date {
  const time = momentOf(value, naive)
  if (time >= FIRST && time < LAST) return new Date(time)
  if (time === UNKNOWN_CLOCK) throw new RecordProblem(message('noOffset', {field, value: describeValue(value)}))
  if (Number.isNaN(time)) throw new RecordProblem(message('notDate', {field, value: describeValue(value)}))
  throw new RecordProblem(message('dateOutside', {field, value: describeValue(value)}))
}

/** The same for a date that a post can do without: undefined when it is none, and nothing is counted. */
export function optionalDate(value: unknown, {clock, calendar}: NaiveDates): Date | undefined {
  if (value === undefined) return undefined
  const time = momentOf(value, {clock, calendar})
  return time >= FIRST && time < LAST ? new Date(time) : undefined
}

const UNKNOWN_CLOCK = Number.NEGATIVE_INFINITY

function momentOf(value: unknown, naive: NaiveDates): number {
  const plain = plainValue(value)
  if (typeof plain === 'string') return fromText(plain.trim(), naive)
  if (typeof plain === 'number') return fromNumber(plain)
  return plain instanceof Date ? plain.getTime() : Number.NaN
}

function fromNumber(number: number): number {
  return Number.isInteger(number) && number * 1000 >= LAST && number >= FIRST && number < LAST ? number : number * 1000
}

function fromText(text: string, naive: NaiveDates): number {
  const iso = ISO.exec(text)
  if (iso) return fromParts(iso[1] as string, iso[2], iso[3], naive)
  if (SECONDS.test(text) || MILLISECONDS.test(text)) return fromNumber(Number(text))
  const dotted = DOTTED.exec(text)
  if (dotted) {
    const [, day = '', month = '', year = '', time, offset] = dotted
    return fromParts(
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
      time?.replace(/^\d:/u, '0$&'),
      offset,
      naive,
    )
  }
  return MAIL.test(text) ? Date.parse(text) : Number.NaN
}

function fromParts(day: string, time: string | undefined, offset: string | undefined, naive: NaiveDates): number {
  if (!isCalendarDay(day)) return Number.NaN
  if (time === undefined) return startOfDay(Date.parse(day), naive)
  if (!TIME.test(time)) return Number.NaN
  const wall = Date.parse(`${day}T${time.replace(',', '.')}Z`)
  return offset === undefined ? fromWallClock(wall, naive) : wall - offsetOf(offset)
}

// Date.parse takes 30 February for 1 March.
function isCalendarDay(day: string): boolean {
  return Number(day.slice(8)) <= 28 || new Date(day).toISOString().startsWith(day)
}

function offsetOf(text: string): number {
  if (text === 'Z' || text === '+00:00' || text === 'UTC' || text === 'GMT') return 0
  const [, sign, hours, minutes = '0'] = OFFSET.exec(text) ?? []
  if (hours === undefined) return Number.NaN
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

function fromWallClock(wall: number, {clock, assumed}: NaiveDates): number {
  if (clock === undefined) return UNKNOWN_CLOCK
  if (assumed) assumed.naiveDates += 1
  return clock === 'utc' ? wall : atWall(wall, clock)
}

function startOfDay(wall: number, {calendar, assumed}: NaiveDates): number {
  if (assumed) assumed.datesWithoutTime += 1
  return calendar === undefined ? wall : atWall(wall, calendar)
}

// The offset that holds at the moment sought; where clocks go back, one of the two moments.
function atWall(wall: number, zone: ZoneOffsets): number {
  return wall - zone.at(wall - zone.at(wall))
}
