import {percentText} from '@ep23/report/numbers'
import {type CommandResult, type Runtime, usageError, numbersMessage} from '@ep23/sdk'

import {dailyFolder} from '../adapters/daily-folder.js'
import {type Findable, whatIsFound} from '../domain/power.js'
import {message} from '../words/words.js'

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
  if (baseline === undefined) throw usageError(message('noBaselineYet'), [message('gatherDays')])
  const {falseAlarms, found} = whatIsFound(baseline, runs)
  const data = {baseline: {from: baseline.from, to: baseline.to}, runs, false_alarms: falseAlarms, found}
  const text = [
    message('simulated', {from: baseline.from, to: baseline.to, runs}),
    message('falseAlarm', {share: percentText(falseAlarms, 0)}),
    ...found.map(({score, drop, deviations, share, delay}) =>
      message('foundIn', {
        score: score.padEnd(18),
        drop: numbersMessage(drop.toFixed(3)),
        deviations,
        share: percentText(share, 0),
        delay: delay === null ? '' : message('halfWithin', {days: delay}),
      }),
    ),
  ]
  return {data, text}
}
