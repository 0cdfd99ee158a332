import {
  type ChangeDetector,
  changePoints,
  mean,
  type Measurement,
  normalQuantile,
  sequenceHalfWidth,
  standardDeviation,
  stepBand,
} from '@ep23/statistics'

import {type Baseline, channelValues, type ScoreBaseline} from './baseline.js'
import type {BoardLine, Drop} from './board-line.js'

/** Change points are looked for in so many days. */
const LOOKED_BACK = 120
const ALPHA = 0.05

export type WatchedLine = Pick<BoardLine, 'day' | 'channels' | 'state' | 'judge'>

/** One score, day by day from the first day of the baseline. */
export interface Series {
  score: string
  baseline: ScoreBaseline
  /** What each day is above or below the expected; undefined for days that say nothing. */
  values: Measurement[]
  /** The same without what comes from the day before. */
  fresh: Measurement[]
}

interface Alarm {
  series: readonly Series[]
  detectors: readonly ChangeDetector[]
  days: readonly string[]
  /** Place of the first day after the baseline. */
  first: number
  at: number
  lines: readonly WatchedLine[]
}

/** What is told of an alarm: the score with the most evidence, since when, how much, and where. */
export function dropAt(baseline: Baseline, alarm: Alarm): Drop | null {
  const {series, detectors, days, first, at, lines} = alarm
  const strongest = detectors.reduce(
    (best, {evidence}, i) => (evidence > (detectors[best]?.evidence ?? 0) ? i : best),
    0,
  )
  const told = series[strongest]
  if (told === undefined) return null
  const places = measuredPlaces(told.fresh, at).slice(-LOOKED_BACK)
  const fresh = places.map(place => told.fresh[place] ?? 0)
  const split = lastDrop(fresh, places.filter(place => place < first).length)
  const band = stepBand(fresh, split)
  const since = {from: dayOfPlace(band.from), to: dayOfPlace(band.to)}
  const start = places[split] ?? at
  const size = sizeSince(baseline, told, {start, at, first})
  return {
    ...{score: told.score, alarm: days[at] ?? '', since, size},
    channels: channelsThatFell(
      told,
      lines.filter(({day}) => day >= (days[start] ?? '') && day <= (days[at] ?? '')),
      size.estimate,
    ),
  }

  function dayOfPlace(place: number): string {
    return days[places[Math.min(place, places.length - 1)] ?? at] ?? ''
  }
}

function measuredPlaces(values: readonly Measurement[], at: number): number[] {
  return values.slice(0, at + 1).flatMap((value, place) => (value === undefined ? [] : [place]))
}

/** Where the values went down last: by E-divisive, else the split of least squares after the baseline. */
function lastDrop(values: readonly number[], baselineDays: number): number {
  const falls = changePoints(values).filter(
    ({at}) => at >= baselineDays && mean(values.slice(at)) < mean(values.slice(0, at)),
  )
  const found = falls.at(-1)?.at
  if (found !== undefined) return found
  const places = values.map((_, place) => place).slice(Math.max(1, baselineDays))
  const gain = (at: number) => {
    const fallen = mean(values.slice(0, at)) - mean(values.slice(at))
    return Math.sign(fallen) * ((fallen ** 2 * at * (values.length - at)) / values.length)
  }
  return places.reduce((best, at) => (gain(at) > gain(best) ? at : best), places[0] ?? 1)
}

/**
 * The mean since a day with an interval that holds whichever day is chosen and whenever it is looked at: the confidence sequences
 * that start on the s-th day share α as 1/(s(s + 1)). What the baseline's own mean is uncertain by is added.
 */
function sizeSince(
  {correlation}: Baseline,
  {values, fresh, baseline}: Series,
  {start, at, first}: {start: number; at: number; first: number},
): Drop['size'] {
  const since = values.slice(start, at + 1).filter(value => value !== undefined)
  const before = fresh.slice(0, first).filter(value => value !== undefined)
  const nth = Math.max(1, start - first + 1)
  const alpha = ALPHA / (nth * (nth + 1))
  const own = sequenceHalfWidth({observations: since.length, standardDeviation: standardDeviation(before), alpha})
  const ofBaseline =
    normalQuantile(1 - ALPHA / 2) *
    baseline.standard_deviation *
    Math.sqrt((1 + correlation) / (1 - correlation) / before.length)
  const margin = Math.hypot(own / (1 - correlation), ofBaseline)
  const estimate = mean(since)
  return {estimate, low: estimate - margin, high: estimate + margin}
}

/** Channels that fell by at least half of what the mean fell by. */
function channelsThatFell({score, baseline}: Series, lines: readonly WatchedLine[], estimate: number): string[] {
  const values = lines.flatMap(line => Object.entries(channelValues(line, score, baseline.adjustment)))
  const byChannel = Map.groupBy(values, ([channel]) => channel)
  return [...byChannel].flatMap(([channel, own]) =>
    mean(own.map(([, value]) => value)) <= estimate / 2 ? [channel] : [],
  )
}
