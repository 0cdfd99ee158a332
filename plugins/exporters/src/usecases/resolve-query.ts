import {usageError} from '@ep23/sdk'
import {dayOf, dayWindow, parseChannel, DEFAULT_ZONE, type SeedWindow} from '@ep23/plugin-dataset'

import type {ResolvedQuery} from '../domain/export-request.js'
import type {WindowFacts} from '../domain/manifest.js'
import type {QueryFlags} from '../flags.js'
import {message} from '../words/words.js'

interface Circumstances {
  /** What was seeded last. */
  snapshot: SeedWindow | undefined
  now: Date
}

const DAY_MILLISECONDS = 86_400_000

/**
 * Flags over the last snapshot's window; without either all days are taken.
 * @throws Ep23Error USAGE (64) for flags that contradict each other, DATASET_BAD_CHANNEL (65)
 */
export function resolveQuery(flags: QueryFlags, circumstances: Circumstances): ResolvedQuery {
  const channels = flags.channel?.map(parseChannel)
  const facts = {
    window: resolveWindow(flags, circumstances),
    channels: channels && channels.length > 0 ? [...new Set<string>(channels)].sort() : ('any' as const),
    language: flags.language,
    origin: flags.origin,
    limit: flags.limit ?? null,
  }
  return {
    facts,
    query: {
      ...(facts.window && momentsOf(facts.window)),
      ...(facts.channels !== 'any' && {channels: facts.channels}),
      ...(facts.language !== 'any' && {language: facts.language}),
      ...(facts.origin !== 'any' && {origin: facts.origin}),
    },
  }
}

function resolveWindow(flags: QueryFlags, {snapshot, now}: Circumstances): WindowFacts | null {
  const {window, from, until} = flags
  const zone = flags['time-zone'] ?? snapshot?.time_zone ?? DEFAULT_ZONE
  // Refuses an unknown zone, whether or not a day is asked for.
  const today = dayOf(now, zone)
  if (window !== undefined && from !== undefined) throw usageError(message('windowOrFrom'))
  if (window === 'all' && until !== undefined) throw usageError(message('windowAllOrUntil'))
  if (window === 'all') return null
  if (window === undefined && from === undefined) {
    if (until !== undefined) throw usageError(message('untilNeedsBeginning'), [message('addFrom')])
    return snapshot ? facts(snapshot.to, snapshot.days, zone, zone === snapshot.time_zone ? 'snapshot' : 'flags') : null
  }
  const last = until ?? snapshot?.to ?? today
  const days = window === undefined ? daysBetween(from ?? last, last) : lengthOf(window)
  return facts(last, days, zone, 'flags')
}

function facts(until: string, days: number, zone: string, source: WindowFacts['source']): WindowFacts {
  const window = dayWindow({until, days, zone})
  return {from: window.days[0] ?? until, to: until, days, time_zone: window.zone, source}
}

function momentsOf({to, days, time_zone}: WindowFacts): {from: Date; to: Date} {
  const window = dayWindow({until: to, days, zone: time_zone})
  return {from: window.from, to: window.to}
}

function daysBetween(from: string, to: string): number {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS + 1
  if (days < 1) throw usageError(message('windowEndsFirst', {to, from}))
  return days
}

function lengthOf(window: string): number {
  const days = Number(/^(\d{1,4})d$/u.exec(window)?.[1])
  if (days >= 1) return days
  throw usageError(message('notWindow', {window}), [message('giveDays')])
}
