import {ChangeDetector, innovations, mean, type Measurement} from '@ep23/statistics'

import {type Baseline, dayValue} from './baseline.js'
import {type DetectorState, type Drop, isSameJudge} from './board-line.js'
import {daysBetween} from './calendar.js'
import {dropAt, type Series, type WatchedLine} from './drop.js'

/** An alarm ends when the mean of so many measured days is back above half of the drop. */
const RECOVERY_DAYS = 7

/**
 * What the days after the baseline say of the writer, all of them looked at again: the same days give the same answer, whenever and
 * however often it is asked. Days without enough channels, and days of another judge, are passed over.
 */
export function watchDays(baseline: Baseline, board: readonly WatchedLine[]): DetectorState {
  const lines = board.filter(line => saysSomething(line, baseline))
  const series = seriesOf(baseline, lines)
  const first = daysBetween(baseline.from, baseline.to).length
  const days = daysOf(baseline, lines)
  let detectors = series.map(each => detectorOf(each.fresh.slice(0, first)))
  let drop: Drop | null = null
  for (let at = first; at < days.length; at++) {
    if (drop !== null) {
      if (!hasRecovered(drop, series, days, at)) continue
      // Days of an alarm are not what is usual.
      const usual = Math.max(first, days.indexOf(drop.since.from))
      detectors = series.map(({fresh}) => detectorOf(fresh.slice(0, usual)))
      drop = null
      continue
    }
    for (const [i, {fresh}] of series.entries()) {
      const value = fresh[at]
      if (value !== undefined) detectors[i]?.add(value)
    }
    if (evidenceOf(detectors) >= baseline.days_between_alarms)
      drop = dropAt(baseline, {series, detectors, days, first, at, lines})
  }
  return {
    evidence: evidenceOf(detectors),
    by_score: Object.fromEntries(series.map(({score}, i) => [score, detectors[i]?.evidence ?? 0])),
    drop,
  }
}

/** The evidence from which on a day is one to watch: a tenth of an alarm's. */
export function watchesFrom({days_between_alarms}: Pick<Baseline, 'days_between_alarms'>): number {
  return days_between_alarms / 10
}

function daysOf({from, to}: Baseline, lines: readonly WatchedLine[]): string[] {
  const last = lines.at(-1)?.day
  return daysBetween(from, last === undefined || last < to ? to : last)
}

function seriesOf(baseline: Baseline, lines: readonly WatchedLine[]): Series[] {
  const after = new Map(lines.map(line => [line.day, line]))
  const later = daysOf(baseline, lines).filter(day => day > baseline.to)
  return Object.entries(baseline.scores).map(([score, own]) => {
    const values = [
      ...own.days.map(value => value ?? undefined),
      ...later.map(day => {
        const line = after.get(day)
        return line && dayValue(line, score, own)
      }),
    ]
    return {score, baseline: own, values, fresh: innovations(values, baseline.correlation)}
  })
}

function saysSomething({state, judge}: WatchedLine, baseline: Baseline): boolean {
  if (state === 'instrument' || state === 'unmeasured' || state === 'missing') return false
  return judge !== null && isSameJudge(judge, baseline.judge)
}

function detectorOf(values: readonly Measurement[]): ChangeDetector {
  return new ChangeDetector(
    values.filter(value => value !== undefined),
    {direction: 'drop'},
  )
}

function evidenceOf(detectors: readonly ChangeDetector[]): number {
  return detectors.length === 0 ? 0 : mean(detectors.map(({evidence}) => evidence))
}

/** Looks at measured days after the alarm alone: those before it are partly good. */
function hasRecovered(
  {score, size, alarm}: Drop,
  series: readonly Series[],
  days: readonly string[],
  at: number,
): boolean {
  const values = series.find(each => each.score === score)?.values ?? []
  const since = values.slice(days.indexOf(alarm) + 1, at + 1).filter(value => value !== undefined)
  return since.length >= RECOVERY_DAYS && mean(since.slice(-RECOVERY_DAYS)) > size.estimate / 2
}
