import {changePointSteps, mean, stepBand} from '@ep23/statistics'

import type {TrendSeries} from '../../domain/view-charts.js'

/** The score of one digest. */
export interface DayScore {
  /** `YYYY-MM-DD` */
  day: string
  channel: string
  value: number
}

/** Days that permutations keep together, because neighbours resemble each other; ten blocks at least, or no change could show. */
const blockOf = (days: number): number => Math.max(1, Math.min(7, Math.floor(days / 10)))

/**
 * Never a sharp line: bands of days in which the level changed. A day's level is the mean of what its digests are above their channel's
 * own mean: a lower channel that joins moves the mean of the scores, and nothing has changed. It stops (`yield`) while it looks.
 * @param scores of whole runs
 */
export function* levelChanges(scores: readonly DayScore[]): Generator<undefined, TrendSeries['changes']> {
  const levels = dayLevels(scores)
  const values = levels.map(([, level]) => level)
  const changes = yield* changePointSteps(values, {alpha: 0.01, block: blockOf(values.length)})
  return changes.flatMap(({at}) => {
    const {from, to} = stepBand(values, at)
    const [first, last] = [levels[from], levels[Math.min(to, levels.length - 1)]]
    return first === undefined || last === undefined ? [] : [{from: first[0], to: last[0]}]
  })
}

function dayLevels(scores: readonly DayScore[]): (readonly [day: string, level: number])[] {
  const channels = Map.groupBy(scores, ({channel}) => channel)
  const means = new Map([...channels].map(([channel, own]) => [channel, meanOf(own)]))
  const days = Map.groupBy(scores, ({day}) => day)
  return [...days]
    .map(([day, own]) => [day, mean(own.map(({channel, value}) => value - (means.get(channel) ?? 0)))] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function meanOf(scores: readonly DayScore[]): number {
  return mean(scores.map(({value}) => value))
}
