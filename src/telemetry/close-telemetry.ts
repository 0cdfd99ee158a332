import {errorMessage, EXIT, hasCode, verbatim, type Message} from '@ep23/sdk'

import {flushRun, type PerhapsOpenStore} from './flush-run.js'
import {runMetrics, telemetryMetrics} from './host-metrics.js'
import {describeRun, outcomeOf, type RunEnd} from './run-document.js'
import type {TelemetryOptions, TelemetryParts} from './telemetry.js'
import {hasUnsent, keepUnsent, unsentFolder} from './unsent-runs.js'
import type {RunTelemetry} from './run-telemetry.js'
import type {Redactor} from './redact.js'
import {message} from '../words/words.js'

const STORE_BUDGET_MS = 250
const COLLECTOR_BUDGET_MS = 1000

/** Exits of errors that pass by themselves; a store that is no store stays so. */
const MAY_PASS: ReadonlySet<unknown> = new Set([EXIT.unavailable, EXIT.tryAgain])

const MISTAKES: ReadonlySet<number> = new Set([EXIT.usage, EXIT.badData])

interface Closing {
  end: RunEnd
  store: PerhapsOpenStore
}

/** Ends everything that was recorded and hands it over; what fails becomes a warning. */
export async function closeTelemetry(
  parts: TelemetryParts,
  options: TelemetryOptions,
  {end, store}: Closing,
): Promise<void> {
  const telemetry = await conclude(parts, options, end)
  const warn = (problem: Message): void => parts.warn(redacted(problem, parts.redactor))
  await Promise.all([
    storeTelemetry(telemetry, options, {end, store}).catch((error: unknown) => {
      const problem = keepForLater(telemetry, options, error)
      // That a project has no store yet is no trouble of a command that reads.
      if (!hasCode(error, 'STORE_MISSING')) warn(problem)
    }),
    sendTrace(telemetry, parts, options).catch((error: unknown) =>
      warn(message('traceNotSent', {endpoint: options.settings.otlpEndpoint ?? '', problem: errorMessage(error)})),
    ),
  ])
}

async function storeTelemetry(
  telemetry: RunTelemetry,
  {settings, mustExist, openStore = openConfiguredStore}: TelemetryOptions,
  {end, store}: Closing,
): Promise<void> {
  await flushRun(telemetry, {
    store,
    // Where the command line or its data were wrong, the store's name may be the mistake.
    open: signal => openStore(settings.store, {signal, mustExist: mustExist === true || MISTAKES.has(end.exit)}),
    unsent: hasUnsent(settings) ? unsentFolder(settings) : undefined,
    budgetMs: STORE_BUDGET_MS,
  })
}

/** Keeps the run in a file, if trying again can help, and says what became of it. */
function keepForLater(telemetry: RunTelemetry, {settings}: TelemetryOptions, error: unknown): Message {
  const problem = errorMessage(error)
  const lost = message('telemetryLost', {problem})
  if (!MAY_PASS.has((error as {exit?: unknown}).exit) && !hasCode(error, 'STORE_MISSING')) return lost
  try {
    return keepUnsent(unsentFolder(settings), telemetry) ? message('telemetryWaits', {problem}) : lost
  } catch (cause) {
    return message('notKeptEither', {lost, problem: errorMessage(cause)})
  }
}

function redacted(problem: Message, redactor: Redactor): Message {
  return {
    ...verbatim(redactor.text(problem.english)),
    in: async language => redactor.text(await problem.in(language)),
  }
}

async function conclude(
  parts: TelemetryParts,
  {clock, command, service, version}: TelemetryOptions,
  end: RunEnd,
): Promise<RunTelemetry> {
  const {run, metrics, tracer, redactor, facts} = parts
  const finishedAt = clock.now()
  const seconds = Math.round((clock.monotonic() - parts.startedAt) * 1e6) / 1e6
  logEnd(parts, end, seconds)
  const {spans, dropped} = tracer.finish({
    status: end.error || outcomeOf(end.exit) === 'error' ? 'error' : 'ok',
    ...(end.error && {message: end.error.message}),
  })
  if (dropped > 0) metrics.bind(telemetryMetrics).droppedSpans.inc({service}, dropped)
  recordRun(parts, {command, outcome: outcomeOf(end.exit), seconds, finishedAt})
  return {
    metrics: {run_id: run.run_id, service, command, recorded_at: finishedAt, samples: await metrics.deltas()},
    run: describeRun({run, service, version, finishedAt, seconds, end, facts, redactor}),
    spans,
  }
}

// The run's document says it all: a line for every little command would only fill the disk.
function logEnd({logger}: TelemetryParts, {exit, error}: RunEnd, seconds: number): void {
  const fields = {exit, outcome: outcomeOf(exit), duration_seconds: seconds}
  if (error) logger.error({...fields, err: error}, 'command failed')
  else logger.debug(fields, 'command finished')
  logger.close()
}

interface RunRecord {
  command: string
  outcome: string
  seconds: number
  finishedAt: Date
}

function recordRun({metrics}: TelemetryParts, {command, outcome, seconds, finishedAt}: RunRecord): void {
  const {runs, runDuration, lastFlush} = metrics.bind(runMetrics)
  runs.inc({command, outcome})
  runDuration.observe({command}, seconds)
  lastFlush.set({command}, finishedAt.getTime() / 1000)
}

async function sendTrace({spans}: RunTelemetry, {tracer}: TelemetryParts, options: TelemetryOptions): Promise<void> {
  const endpoint = options.settings.otlpEndpoint
  if (!endpoint || !tracer.sampled) return
  const {exportSpans} = await import('./otlp.js')
  await exportSpans(spans, {endpoint, version: options.version, timeoutMs: COLLECTOR_BUDGET_MS})
}

const openConfiguredStore: NonNullable<TelemetryOptions['openStore']> = async (location, options) => {
  const {openStore} = await import('../store/open-store.js')
  return openStore(location, options)
}
