import type {Clock, MetricHandles, Message} from '@ep23/sdk'

import type {BoardLine, DailyState} from '../domain/board-line.js'
import {dayAfter} from '../domain/calendar.js'
import {daysUnder, instrumentChange} from '../domain/instrument.js'
import {type Notice, tellState, tellWeek} from '../domain/message.js'
import type {Notifier, Receipt} from '../domain/notifier.js'
import type {dailyMetrics} from '../metrics.js'
import type {BaselineInForce} from './daily-deps.js'
import {message as say} from '../words/words.js'

export interface NotifyDeps {
  notifiers: readonly Notifier[]
  receipts: {read(): Promise<Receipt[]>; add(receipt: Receipt): Promise<void>}
  metrics: Pick<MetricHandles<typeof dailyMetrics>, 'notifications'>
  clock: Pick<Clock, 'now'>
}

/**
 * Tells everybody what they do not know yet: a change of state, and on Mondays the week. Who could not be reached is told with the next
 * call. Nothing that goes wrong here changes a verdict.
 * @returns what went wrong, as warnings
 */
export async function notify(
  deps: NotifyDeps,
  lines: readonly BoardLine[],
  baseline: BaselineInForce | undefined,
): Promise<Message[]> {
  const receipts = await deps.receipts.read()
  const problems: Message[] = []
  for (const notifier of deps.notifiers) {
    const sent = receipts.filter(({channel, outcome}) => channel === notifier.name && outcome === 'sent')
    for (const {message, before, ended} of dueMessages(notifier, sent, lines, baseline)) {
      const problem = await notifier.send(message, {before, ended}).then(
        () => null,
        (error: unknown) => (error as Error).message,
      )
      const outcome = problem === null ? 'sent' : 'failed'
      const {key, kind, state, score} = message
      const at = deps.clock.now().toISOString()
      await deps.receipts.add({...{key, kind, state, score}, channel: notifier.name, outcome, problem, at})
      deps.metrics.notifications.inc({channel: notifier.name, outcome})
      if (problem !== null) problems.push(say('notTold', {name: notifier.name, problem}))
    }
  }
  return problems
}

interface DueMessage {
  message: Notice
  before: DailyState
  /** The score whose alarm is over. */
  ended: string | null
}

/** What a notifier has not been told yet. */
export function dueMessages(
  {repeats}: Pick<Notifier, 'repeats'>,
  sent: readonly Pick<Receipt, 'key' | 'kind' | 'state' | 'score'>[],
  lines: readonly BoardLine[],
  baseline: BaselineInForce | undefined,
): DueMessage[] {
  const line = lines.at(-1)
  if (line === undefined) return []
  const last = sent.findLast(({kind}) => kind === 'state')
  const before = last?.state ?? 'quiet'
  const state = stateMessage(line, {before, lines, baseline})
  const known = new Set(sent.map(({key}) => key))
  const isNews = repeats ? !isCalm(line.state) || !isCalm(before) : asTold(line.state) !== asTold(before)
  const week = repeats ? undefined : weekMessage(lines)
  return [
    ...(isNews && !known.has(state.key) ? [{message: state, before, ended: last?.score ?? null}] : []),
    ...(week && !known.has(week.key) ? [{message: week, before, ended: null}] : []),
  ]
}

/** The message about a line, whether it is due or not. */
export function stateMessage(
  line: BoardLine,
  {before, lines, baseline}: {before: DailyState; lines: readonly BoardLine[]; baseline: BaselineInForce | undefined},
): Notice {
  const instrument = baseline && instrumentChange(baseline.baseline, daysUnder(baseline.id, lines, line.day))
  return tellState({line, before, daysBetweenAlarms: baseline?.baseline.days_between_alarms ?? 365, instrument})
}

// Without a baseline nothing is amiss.
function asTold(state: DailyState): DailyState {
  return state === 'learning' ? 'quiet' : state
}

function isCalm(state: DailyState): boolean {
  return asTold(state) === 'quiet'
}

/** A summary that could not be sent on Monday may still come on Wednesday. */
const DAYS_OF_GRACE = 2

function weekMessage(lines: readonly BoardLine[]): Notice | undefined {
  const last = lines.at(-1)
  if (last === undefined) return undefined
  const weekday = new Date(last.day).getUTCDay()
  if (weekday > DAYS_OF_GRACE) return undefined
  const sunday = dayAfter(last.day, -weekday)
  const week = lines.filter(({day}) => day > dayAfter(sunday, -7) && day <= sunday)
  return week.at(-1)?.day === sunday ? tellWeek(week, last.state) : undefined
}
