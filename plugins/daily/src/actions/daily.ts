import type {CommandResult, Runtime} from '@ep23/sdk'

import {STATES} from '../domain/board-line.js'
import type {DailyFlags} from '../flags.js'
import {dailyMetrics} from '../metrics.js'
import {type ClosedDays, closeDays, type DaysToClose} from '../usecases/close-days.js'
import {type DailyReport, exitOfState, meanScores, tellDay} from '../usecases/render-day.js'
import {withDaily, withDailyLock} from './open-daily.js'

/** `ep23 daily`. */
export async function daily(runtime: Runtime, flags: DailyFlags): Promise<CommandResult<DailyReport>> {
  const asked = {day: flags.day, since: flags.since}
  if (flags['dry-run']) return runDaily(runtime, flags, asked)
  return withDailyLock(runtime, () => runDaily(runtime, flags, asked))
}

async function runDaily(runtime: Runtime, flags: DailyFlags, asked: DaysToClose): Promise<CommandResult<DailyReport>> {
  return withDaily(runtime, flags, async (deps, folder) => {
    const closed = await runtime.progress.step('Close days', () => closeDays(deps, asked))
    const {added, line} = closed
    if (!flags['dry-run']) recordDay(runtime, closed, deps.baseline?.baseline.days_between_alarms)
    const data = {day: line.day, state: line.state, added: added.map(({day}) => day), line, folder: folder.path}
    runtime.describeRun({daily: {day: line.day, state: line.state, added: data.added}})
    const text = (added.length === 0 ? [line] : added).flatMap(tellDay)
    return {data, text, exit: exitOfState(line.state)}
  })
}

function recordDay({metrics, clock}: Runtime, {line}: ClosedDays, daysBetweenAlarms: number | undefined): void {
  const own = metrics.bind(dailyMetrics)
  for (const state of STATES) own.state.set({state}, state === line.state ? 1 : 0)
  own.lastSuccess.set({}, Math.floor(clock.now().getTime() / 1000))
  if (line.detector && daysBetweenAlarms !== undefined) own.evidence.set({}, line.detector.evidence / daysBetweenAlarms)
  own.score.clear({})
  for (const [metric, mean] of Object.entries(meanScores(line))) own.score.set({metric}, mean)
}
