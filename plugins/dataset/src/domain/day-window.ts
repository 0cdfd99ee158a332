import {badDataError, usageError} from '@ep23/sdk'

import {ZoneOffsets} from './zone-offsets.js'
import {message} from '../words/words.js'

const DAY = 86_400_000
const CALENDAR_DAY = /^(\d{4})-(\d{2})-(\d{2})$/u

/** Consecutive calendar days in one zone: `from` <= time < `to`. */
export interface DayWindow {
  from: Date
  /** Exclusive: the first moment after the last day. */
  to: Date
  /** `YYYY-MM-DD`, oldest first. */
  days: string[]
  zone: string
}

/** Whose calendar days are meant when nothing says otherwise. */
export const DEFAULT_ZONE = 'Europe/Moscow'

/** A window as reports name it: both days are included. */
export interface SeedWindow {
  from: string
  to: string
  days: number
  time_zone: string
}

// Pure memos: what they hold depends on nothing but the zone database.
const zones = new Map<string, ZoneOffsets>()
const dayNames = new Map<number, string>()

/**
 * The calendar day `YYYY-MM-DD` that the clocks of `zone` show at `date`.
 * @throws Ep23Error USAGE for an unknown zone, DATASET_BAD_DATE for an invalid date.
 */
export function dayOf(date: Date, zone: string): string {
  const time = date.getTime()
  if (Number.isNaN(time)) throw badDataError('DATASET_BAD_DATE', message('dateOfNoDay'))
  return nameOf(Math.floor((time + offsetsOf(zone).at(time)) / DAY))
}

/**
 * The first moment of a calendar day: midnight, or later where clocks jump over midnight. For a day that a zone left
 * out (Pacific/Apia, 2011-12-30) it is the first moment of the next.
 * @throws Ep23Error USAGE for an unknown zone or a day that is not in the calendar.
 */
export function startOfDay(day: string, zone: string): Date {
  const midnight = dayNumber(day) * DAY
  const offsets = offsetsOf(zone)
  // Seen from the larger offset midnight comes earlier; the change of clocks, if any, lies between the two readings.
  const candidates = [midnight - offsets.at(midnight - DAY), midnight - offsets.at(midnight + DAY)].sort(
    (a, b) => a - b,
  )
  const hit = candidates.find(time => time + offsets.at(time) === midnight)
  return new Date(hit ?? firstAtOrAfter(midnight, candidates, offsets))
}

/** The last millisecond of a calendar day, so that `dayOf(endOfDay(day, zone), zone)` is `day`. */
export function endOfDay(day: string, zone: string): Date {
  return new Date(startOfDay(followingDay(day), zone).getTime() - 1)
}

/** The calendar day after `day`. */
export function followingDay(day: string): string {
  return nameOf(dayNumber(day) + 1)
}

/**
 * `days` consecutive calendar days that end with `until`, which is included.
 * @throws Ep23Error USAGE for an unknown zone, a day that is not in the calendar, or a length that is not a positive whole number.
 */
export function dayWindow({until, days, zone}: {until: string; days: number; zone: string}): DayWindow {
  if (!Number.isInteger(days) || days < 1) throw usageError(message('wholeDays', {days}))
  const last = dayNumber(until)
  const names = Array.from({length: days}, (_, index) => nameOf(last - days + 1 + index))
  return {
    from: startOfDay(nameOf(last - days + 1), zone),
    to: startOfDay(followingDay(until), zone),
    days: names,
    zone: offsetsOf(zone).zone,
  }
}

/** The window's first and last day, its length and its zone. */
export function reportWindow({days, zone}: DayWindow): SeedWindow {
  return {from: days[0] ?? '', to: days.at(-1) ?? '', days: days.length, time_zone: zone}
}

// Clocks jumped over midnight: the day begins at the jump, which lies between the two readings of midnight.
function firstAtOrAfter(midnight: number, [low = 0, high = 0]: number[], offsets: ZoneOffsets): number {
  let before = low - 1
  let after = high
  while (after - before > 1) {
    const middle = before + Math.floor((after - before) / 2)
    if (middle + offsets.at(middle) < midnight) before = middle
    else after = middle
  }
  return after
}

function offsetsOf(zone: string): ZoneOffsets {
  let offsets = zones.get(zone)
  if (offsets === undefined) {
    offsets = new ZoneOffsets(zone)
    zones.set(zone, offsets)
  }
  return offsets
}

// Days since 1970-01-01.
function dayNumber(day: string): number {
  const [, year, month, date] = CALENDAR_DAY.exec(day) ?? []
  const number = Date.UTC(Number(year), Number(month) - 1, Number(date)) / DAY
  if (Number.isInteger(number) && nameOf(number) === day) return number
  throw usageError(message('notDay', {day}), [message('writeDay')])
}

function nameOf(number: number): string {
  let name = dayNames.get(number)
  if (name === undefined) {
    name = new Date(number * DAY).toISOString().slice(0, 10)
    dayNames.set(number, name)
  }
  return name
}
