import {dayOf, endOfDay} from '@ep23/plugin-dataset'
import {Ep23Error, EXIT, usageError} from '@ep23/sdk'

import type {BoardLine} from '../domain/board-line.js'
import {dayAfter, daysBetween} from '../domain/calendar.js'
import {closeDay} from './close-day.js'
import type {DailyDeps} from './daily-deps.js'
import {message} from '../words/words.js'

const HOUR = 3_600_000
/** Late posts and edits of a day are waited for. */
export const HOURS_AFTER_MIDNIGHT = 6

const DAYS_AT_ONCE = 31

export interface DaysToClose {
  /** The last day wanted; the last closed one without. */
  day: string | undefined
  /** The first day of an empty board; `day` without. */
  since: string | undefined
}

export interface ClosedDays {
  /** Added now, oldest first. */
  added: BoardLine[]
  /** The line of the day that was asked for. */
  line: BoardLine
}

/**
 * Adds the day that was asked for to the board, with every day before it that is missing there, oldest first and each judged by itself.
 * A day that stands there already stays as it is.
 * @throws Ep23Error DAILY_DAY_OPEN (75), USAGE (64)
 */
export async function closeDays(deps: DailyDeps, asked: DaysToClose): Promise<ClosedDays> {
  const last = lastClosedDay(deps.clock.now(), deps.zone)
  const day = asked.day ?? latest(last, deps.board.lines.at(-1)?.day)
  const known = deps.board.lines.find(line => line.day === day)
  if (known) return {added: [], line: known}
  refuseOpenDay(day, last, deps)
  const added: BoardLine[] = []
  for (const days of months(daysToAdd(deps, day, asked.since))) {
    const postsOf = await deps.readPosts(days)
    for (const next of days) added.push(await deps.board.append(await closeDay(deps, next, postsOf(next))))
  }
  const line = added.at(-1)
  if (line === undefined)
    throw usageError(message('beforeFirstDay', {day, first: deps.board.lines[0]?.day ?? ''}), [
      message('seeDays'),
      message('earlierBoard', {day}),
    ])
  return {added, line}
}

/** The last day whose posts are waited for no longer. */
export function lastClosedDay(now: Date, zone: string): string {
  return dayAfter(dayOf(new Date(now.getTime() - HOURS_AFTER_MIDNIGHT * HOUR), zone), -1)
}

function daysToAdd({board}: DailyDeps, day: string, since: string | undefined): string[] {
  const last = board.lines.at(-1)?.day
  return daysBetween(last === undefined ? (since ?? day) : dayAfter(last), day)
}

/** Sources are read once for so many days: each reading goes through all of them, and holds what it found. */
function months(days: readonly string[]): string[][] {
  const parts = Math.ceil(days.length / DAYS_AT_ONCE)
  return Array.from({length: parts}, (_, part) => days.slice(part * DAYS_AT_ONCE, (part + 1) * DAYS_AT_ONCE))
}

// With a clock that went back the board is ahead of it.
function latest(day: string, onBoard: string | undefined): string {
  return onBoard !== undefined && onBoard > day ? onBoard : day
}

function refuseOpenDay(day: string, last: string, {zone}: DailyDeps): void {
  if (day <= last) return
  const closed = new Date(endOfDay(day, zone).getTime() + 1 + HOURS_AFTER_MIDNIGHT * HOUR)
  throw new Ep23Error(message('dayNotOver', {day, hours: HOURS_AFTER_MIDNIGHT, at: closed.toISOString()}), {
    code: 'DAILY_DAY_OPEN',
    exit: EXIT.tryAgain,
    suggestions: [message('lastClosed', {last})],
  })
}
