import {type CommandResult, interruptedError, type Runtime, usageError, writeOnStderr} from '@ep23/sdk'
import {openFullScreen} from '@ep23/sdk/full-screen'

import type {OpenedPlan} from '../adapters/label/label-folder.js'
import {openStoredLabels} from '../adapters/label/label-store.js'
import {serveLabels} from '../adapters/label/label-server.js'
import type {LabelLog, LabelWriter} from '../adapters/label/label-log.js'
import {openRaterFile} from '../adapters/label/rater-file.js'
import {LabelSession} from '../domain/label/label-session.js'
import type {LabelFolderFlags} from '../label-flags.js'
import {labelInTerminal} from '../usecases/label/label-in-terminal.js'
import {assertRater, eventsOf, findPlan, isRevealed} from './open-labels.js'
import {message} from '../words/words.js'

export interface LabelSessionData {
  plan: string
  rater: string
  /** Lines written in this session. */
  lines: number
  done: number
  total: number
}

export interface LabelSessionFlags extends LabelFolderFlags {
  rater: string
  web: boolean
  port: number
}

/** `benchmark:label` in a terminal, or in a browser. */
export async function labelPlan(
  runtime: Runtime,
  reference: string,
  flags: LabelSessionFlags,
): Promise<CommandResult<LabelSessionData>> {
  const opened = await findPlan(reference, flags['labels-dir'])
  const {rater} = flags
  const session = await openLabelSession(runtime, opened, flags)
  if (flags.web) return labelInBrowser(runtime, opened, session, flags)
  requireTerminal()
  const log = openLog(runtime, opened, {...flags, lines: session.lines})
  const terminal = openFullScreen({input: process.stdin, output: process.stderr, signal: runtime.signal})
  const {lines, interrupted} = await labelInTerminal(
    {
      terminal,
      append: event => log.append(event),
      now: () => runtime.clock.now(),
      hasColour: !process.env['NO_COLOR'],
      language: runtime.settings.lang,
      rubric: opened.rubric,
    },
    session,
  ).finally(async () => {
    terminal.close()
    await log.close()
  })
  if (interrupted) throw interruptedError(message('answersKept', {lines}))
  return sessionResult({plan: opened.plan.name, rater, lines, done: session.done, total: session.total})
}

async function labelInBrowser(
  runtime: Runtime,
  opened: OpenedPlan,
  session: LabelSession,
  flags: LabelSessionFlags,
): Promise<CommandResult<LabelSessionData>> {
  const {signal, clock, settings, logger} = runtime
  const {rater, port, 'labels-in': where} = flags
  const before = session.lines
  const log = openLog(runtime, opened, {...flags, lines: before})
  await serveLabels({
    ...{session, rater, port, signal, rubric: opened.rubric, language: settings.lang},
    now: () => clock.now(),
    append: event => log.append(event),
    eventsOf: other => {
      assertRater(opened, other)
      return eventsOf(runtime, opened, other, where)
    },
    isRevealed: () => isRevealed(opened.folder),
    // Also with --json, for whoever waits for it.
    onListening: url => void writeOnStderr(message('openSession', {url}), settings.lang),
    onError: error => logger.error({err: error}, 'a label could not be kept'),
  }).finally(() => log.close())
  const lines = session.lines - before
  return sessionResult({plan: opened.plan.name, rater, lines, done: session.done, total: session.total})
}

/** Where a rater stands. */
export async function openLabelSession(
  runtime: Pick<Runtime, 'store'>,
  opened: OpenedPlan,
  {rater, ...flags}: LabelSessionFlags,
): Promise<LabelSession> {
  assertRater(opened, rater)
  const events = await eventsOf(runtime, opened, rater, flags['labels-in'])
  return new LabelSession({plan: opened.plan, rater, items: opened.items, rubric: opened.rubricId}, events)
}

/** Where a rater's lines go. */
function openLog(
  {store}: Pick<Runtime, 'store'>,
  {folder, plan}: OpenedPlan,
  {rater, lines, 'labels-in': where}: LabelSessionFlags & LabelWriter,
): LabelLog {
  const writer = {rater, lines}
  return where === 'store' ? openStoredLabels(store, {...writer, plan: plan.name}) : openRaterFile(folder, writer)
}

export function sessionResult(data: LabelSessionData): CommandResult<LabelSessionData> {
  const {plan, lines, done, total} = data
  const next = done === total ? message('nowReport', {plan}) : message('sameGoesOn')
  return {data, text: [message('answersDone', {answers: lines, done, total, plan}), next]}
}

function requireTerminal(): void {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY && process.env['TERM'] !== 'dumb'
  if (isTerminal) return
  throw usageError(message('labellingNeedsTerminal'), [message('runInTerminal'), message('orInBrowser')])
}
