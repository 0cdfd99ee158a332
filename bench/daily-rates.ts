// How often `ep23 daily` alarms falsely and how soon it finds a drop, by simulation; the table of docs/daily.md is made from it:
//
//   node bench/daily-rates.ts [--runs N] [--seed N] [--output docs/data/daily-rates.jsonl]
//
// A baseline of 28 days and 90 days after it, of scores whose days resemble the day before (φ) and, where it says so, have outliers
// (one day in twenty has four times the deviation). `false`: an alarm within the 90 days although nothing changed. `found`: a drop by
// one or two standard deviations of a day on the 15th day, found within the 76 days left (false alarms before it are left out), with
// the median delay in days. With --runs 2000 (the default) a share is certain to about ±2 points. `bench/daily-table.ts --check`
// holds the limits that docs/daily.md promises.
import {ChangeDetector, innovations, lagOneCorrelation, mean, quantile} from '@ep23/statistics'
import {writeFileSync} from 'node:fs'
import {parseArgs} from 'node:util'

import {Simulation} from '../packages/statistics/test/simulated.ts'

const {values: flags} = parseArgs({
  options: {
    runs: {type: 'string', default: '2000'},
    seed: {type: 'string', default: '1'},
    output: {type: 'string'},
  },
})
const runs = Number(flags.runs)
const simulation = new Simulation(Number(flags.seed))
const [BASELINE, DAYS, CHANGE] = [28, 90, 14]
const WANTED = 365

interface Case {
  /** Of a day with the day before. */
  correlation: number
  outliers: boolean
  /** Scores judged together, correlated by ½. */
  scores: number
  /** How many of them fall. */
  fall: number
}

const CASES: Case[] = [
  {scores: 1, fall: 1},
  {scores: 4, fall: 1},
  {scores: 4, fall: 2},
].flatMap(given => [
  ...[0, 0.2, 0.4].map(correlation => ({...given, correlation, outliers: false})),
  {...given, correlation: 0.2, outliers: true},
])

const rows = CASES.map(given => ({
  ...given,
  false: percent(repeat(() => firstAlarm(given, () => 0) !== undefined).filter(Boolean).length / runs),
  ...Object.fromEntries([1, 2].map(size => [`drop of ${size} sd`, found(given, size)])),
}))
for (const row of rows) console.log(JSON.stringify(row))

function found(given: Case, size: number) {
  const alarms = repeat(() => firstAlarm(given, (day, score) => (score < given.fall && day >= CHANGE ? -size : 0)))
  const later = alarms.filter(day => day === undefined || day >= CHANGE)
  const delays = later.flatMap(day => (day === undefined ? [] : [day - CHANGE + 1]))
  return {found: percent(delays.length / later.length), delay: quantile(delays, 0.5)}
}

/** The day after the baseline on which the evidence reaches the wanted number of days. */
function firstAlarm(given: Case, shift: (day: number, score: number) => number): number | undefined {
  const series = simulated(given, shift)
  const correlation = mean(series.map(days => lagOneCorrelation(days.slice(0, BASELINE)) ?? 0))
  const detectors = series.map(days => {
    const baseline = days.slice(0, BASELINE)
    const centred = days.map(value => value - mean(baseline))
    const fresh = innovations(centred, correlation).map(value => value ?? 0)
    return {detector: new ChangeDetector(fresh.slice(0, BASELINE), {direction: 'drop'}), fresh: fresh.slice(BASELINE)}
  })
  for (let day = 0; day < DAYS; day++)
    if (mean(detectors.map(({detector, fresh}) => detector.add(fresh[day] ?? 0))) >= WANTED) return day
  return undefined
}

/** Each score's days around 0 with a standard deviation of 1. */
function simulated({correlation, outliers, scores}: Case, shift: (day: number, score: number) => number): number[][] {
  const common = noise(correlation, outliers)
  return Array.from({length: scores}, (_, score) => {
    const own = noise(correlation, outliers)
    const share = scores > 1 ? Math.SQRT1_2 : 0
    return own.map(
      (value, i) => share * (common[i] ?? 0) + Math.sqrt(1 - share ** 2) * value + shift(i - BASELINE, score),
    )
  })
}

function noise(correlation: number, outliers: boolean): number[] {
  let last = simulation.normal()
  return Array.from({length: BASELINE + DAYS}, () => {
    last = correlation * last + Math.sqrt(1 - correlation ** 2) * simulation.normal()
    return outliers && simulation.unit() < 0.05 ? 4 * simulation.normal() : last
  })
}

function repeat<T>(draw: () => T): T[] {
  return Array.from({length: runs}, draw)
}

function percent(share: number): number {
  return Math.round(1000 * share) / 10
}
if (flags.output) writeFileSync(flags.output, rows.map(row => `${JSON.stringify(row)}\n`).join(''))
