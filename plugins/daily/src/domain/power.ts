import {ChangeDetector, innovations, mean, quantile, type Random, seededRandom} from '@ep23/statistics'

import type {Baseline} from './baseline.js'

const DAYS = 90
const SIZES = [1, 2, 3]

/** How soon a fall of one score is found. */
export interface Findable {
  score: string
  /** In score points. */
  drop: number
  deviations: number
  /** Of series of 90 days that begin with the fall. */
  share: number
  /** Median number of days; null where it is found in none. */
  delay: number | null
}

/**
 * What this baseline lets find, by simulation: days with its deviations and its correlation, scores independent of each other. A real
 * fall of several scores at once is found sooner.
 */
export function whatIsFound(baseline: Baseline, runs: number): {falseAlarms: number; found: Findable[]} {
  const names = Object.keys(baseline.scores)
  const normal = normalNumbers(seededRandom(1))
  const alarmsWith = (fallen: string | undefined, size: number): (number | undefined)[] =>
    Array.from({length: runs}, () =>
      firstAlarm(
        baseline,
        names.map(name => (name === fallen ? -size : 0)),
        normal,
      ),
    )
  const isFound = (day: number | undefined): day is number => day !== undefined
  return {
    falseAlarms: alarmsWith(undefined, 0).filter(isFound).length / runs,
    found: Object.entries(baseline.scores).flatMap(([score, {standard_deviation}]) =>
      SIZES.map(deviations => {
        const delays = alarmsWith(score, deviations).filter(isFound)
        return {
          ...{score, deviations, drop: deviations * standard_deviation, share: delays.length / runs},
          delay: delays.length === 0 ? null : quantile(delays, 0.5),
        }
      }),
    ),
  }
}

/** The number of days after which the evidence suffices. */
function firstAlarm(
  {correlation, days_between_alarms, scores}: Baseline,
  shifts: readonly number[],
  normal: () => number,
): number | undefined {
  const before = Math.max(...Object.values(scores).map(({days}) => days.length))
  const series = shifts.map(shift => {
    let last = normal()
    const days = Array.from({length: before + DAYS}, (_, day) => {
      last = correlation * last + Math.sqrt(1 - correlation ** 2) * normal()
      return last + (day >= before ? shift : 0)
    })
    const fresh = innovations(days, correlation).map(value => value ?? 0)
    return {detector: new ChangeDetector(fresh.slice(0, before), {direction: 'drop'}), fresh: fresh.slice(before)}
  })
  for (let day = 0; day < DAYS; day++)
    if (mean(series.map(({detector, fresh}) => detector.add(fresh[day] ?? 0))) >= days_between_alarms) return day + 1
  return undefined
}

function normalNumbers(random: Random): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}
