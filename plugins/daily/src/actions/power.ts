import {percentText} from '@ep23/report/numbers'
import {type CommandResult, type Runtime, usageError} from '@ep23/sdk'

import {dailyFolder} from '../adapters/daily-folder.js'
import {type Findable, whatIsFound} from '../domain/power.js'

/** `ep23 daily:power --json`. */
export interface PowerReport {
  baseline: {from: string; to: string}
  runs: number
  /** Share of 90 days without any change in which an alarm sounds. */
  false_alarms: number
  found: Findable[]
}

/** `ep23 daily:power`. */
export async function power({settings}: Runtime, {runs}: {runs: number}): Promise<CommandResult<PowerReport>> {
  const baseline = await dailyFolder(settings.datasetDir).baseline()
  if (baseline === undefined)
    throw usageError('no baseline is blessed yet, and how much can be seen depends on it', [
      'gather 28 days with ep23 daily, then: ep23 daily bless',
    ])
  const {falseAlarms, found} = whatIsFound(baseline, runs)
  const data = {baseline: {from: baseline.from, to: baseline.to}, runs, false_alarms: falseAlarms, found}
  const text = [
    `baseline ${baseline.from} … ${baseline.to}; ${runs} simulated series of 90 days`,
    `false alarm in 90 days: ${percentText(falseAlarms, 0)}`,
    ...found.map(
      ({score, drop, deviations, share, delay}) =>
        `${score.padEnd(18)} −${drop.toFixed(3)} (${deviations} deviations of a day): found in ${percentText(share, 0)}${delay === null ? '' : `, half of them within ${delay} days`}`,
    ),
  ]
  return {data, text}
}
