import type {ZoneOffsets} from '../../../domain/zone-offsets.js'
import {RecordProblem} from './record-problem.js'
import {shown} from './record-fields.js'

/** What a date without an offset means: UTC, the wall clock of a zone, or nothing (undefined), which is refused. */
export type NaiveDates = 'utc' | ZoneOffsets | undefined

// ISO 8601 (RFC 3339 with a few usual liberties): a blank for the T, no colon in the offset, no seconds, no offset.
const DATE =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?) ?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/u
const SECONDS = /^\d{1,12}$/u

// Telegram opened on 14 August 2013. The upper end only has to catch milliseconds taken for seconds.
const FIRST = Date.UTC(2013, 7, 14)
const LAST = Date.UTC(2100, 0, 1)

/** A moment from ISO 8601 text, or from seconds since 1970 as a number or digits. */
export function postDate(value: unknown, field: string, naive: NaiveDates): Date {
  const time = timeOf(value, field, naive)
  if (time >= FIRST && time < LAST) return new Date(time)
  if (Number.isNaN(time)) throw new RecordProblem(`"${field}" is ${shown(value)}, not a date`)
  throw new RecordProblem(`"${field}" is ${shown(value)}, which is not between Telegram's opening in 2013 and 2100`)
}

function timeOf(value: unknown, field: string, naive: NaiveDates): number {
  if (typeof value === 'number') return value * 1000
  if (typeof value !== 'string') return Number.NaN
  return SECONDS.test(value) ? Number(value) * 1000 : fromText(value, field, naive)
}

function fromText(text: string, field: string, naive: NaiveDates): number {
  const [, day = '', time = '', offset] = DATE.exec(text) ?? []
  if (!isCalendarDay(day)) return Number.NaN
  if (offset !== undefined) return Date.parse(`${day}T${time}${offset}`)
  return fromWallClock(Date.parse(`${day}T${time}Z`), text, field, naive)
}

// Date.parse takes 30 February for 1 March.
function isCalendarDay(day: string): boolean {
  return day !== '' && (Number(day.slice(8)) <= 28 || new Date(day).toISOString().startsWith(day))
}

function fromWallClock(wall: number, text: string, field: string, naive: NaiveDates): number {
  if (naive === 'utc') return wall
  if (naive === undefined)
    throw new RecordProblem(
      `"${field}" is ${shown(text)}, which has no UTC offset, and nothing says which zone is meant`,
    )
  // The offset that holds at the moment sought; where clocks go back, one of the two moments.
  return wall - naive.at(wall - naive.at(wall))
}
