import type {CommandResult, Runtime, Message} from '@ep23/sdk'

import {receiptsFile} from '../adapters/receipts.js'
import {type BoardLine, isMeasuredDay, meanScores, STATES} from '../domain/board-line.js'
import type {Notifier} from '../domain/notifier.js'
import type {DailyFlags} from '../flags.js'
import {dailyMetrics} from '../metrics.js'
import type {BaselineInForce} from '../usecases/daily-deps.js'
import {type ClosedDays, closeDays, type DaysToClose} from '../usecases/close-days.js'
import {type DailyReport, exitOfState, tellDay} from '../usecases/render-day.js'
import {notify, stateMessage} from '../usecases/notify.js'
import {withDaily, withDailyLock} from './open-daily.js'
import {openNotifiers} from './open-notifiers.js'

/** `ep23 daily`. */
export async function daily(runtime: Runtime, flags: DailyFlags): Promise<CommandResult<DailyReport>> {
  const asked = {day: flags.day, since: flags.since}
  if (flags['dry-run']) return runDaily(runtime, flags, asked)
  return withDailyLock(runtime, () => runDaily(runtime, flags, asked))
}

async function runDaily(runtime: Runtime, flags: DailyFlags, asked: DaysToClose): Promise<CommandResult<DailyReport>> {
  const notifiers = await openNotifiers(runtime, flags)
  return withDaily(runtime, flags, async (deps, folder) => {
    const {baseline} = deps
    const closed = await runtime.progress.step('Close days', () => closeDays(deps, asked))
    const {added, line} = closed
    const {lines} = deps.board
    const message = stateMessage(line, {before: lines.at(-2)?.state ?? 'quiet', lines, baseline})
    if (!flags['dry-run']) recordDay(runtime, closed, baseline?.baseline.days_between_alarms)
    const warnings = flags['dry-run']
      ? []
      : await tell(runtime, {notifiers, lines, baseline, receipts: folder.receipts})
    const data = {
      ...{day: line.day, state: line.state, added: added.map(({day}) => day), line, folder: folder.path},
      message: message.lines,
    }
    runtime.describeRun({daily: {day: line.day, state: line.state, added: data.added}})
    const told = flags['dry-run'] ? ['', ...message.lines] : []
    const text = [...(added.length === 0 ? [line] : added).flatMap(tellDay), ...told]
    return {data, text, warnings, exit: exitOfState(line.state)}
  })
}

interface Telling {
  notifiers: readonly Notifier[]
  lines: readonly BoardLine[]
  baseline: BaselineInForce | undefined
  receipts: string
}

async function tell({metrics, clock}: Runtime, {notifiers, lines, baseline, receipts}: Telling): Promise<Message[]> {
  const deps = {notifiers, clock, metrics: metrics.bind(dailyMetrics), receipts: receiptsFile(receipts)}
  return notify(deps, lines, baseline)
}

function recordDay({metrics, clock}: Runtime, {line}: ClosedDays, daysBetweenAlarms: number | undefined): void {
  const own = metrics.bind(dailyMetrics)
  for (const state of STATES) own.state.set({state}, state === line.state ? 1 : 0)
  own.lastSuccess.set({}, Math.floor(clock.now().getTime() / 1000))
  if (line.detector && daysBetweenAlarms !== undefined) own.evidence.set({}, line.detector.evidence / daysBetweenAlarms)
  own.score.clear({})
  // A day that says nothing is a gap in the chart.
  if (!isMeasuredDay(line)) return
  for (const [metric, mean] of Object.entries(meanScores([line]))) own.score.set({metric}, mean)
}
