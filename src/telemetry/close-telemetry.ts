import type {Store} from '@ep23/sdk'

import {flushRun, type PerhapsOpenStore, type RunTelemetry} from './flush-run.js'
import {runMetrics, telemetryMetrics} from './host-metrics.js'
import {describeRun, outcomeOf, type RunEnd} from './run-document.js'
import type {TelemetryOptions, TelemetryParts} from './start-telemetry.js'

const STORE_BUDGET_MS = 250
const COLLECTOR_BUDGET_MS = 1000

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
  const telemetry = conclude(parts, options, end)
  const {redactor, warn} = parts
  const warnOf = (what: string) => (error: unknown) => {
    warn(redactor.text(`${what}: ${error instanceof Error ? error.message : String(error)}`))
  }
  const {settings, openStore = openConfiguredStore} = options
  const open = (signal: AbortSignal): Promise<Store> => openStore(settings.store, {signal})
  await Promise.all([
    flushRun(telemetry, {store, open, budgetMs: STORE_BUDGET_MS}).catch(
      warnOf('the telemetry of this run was not stored'),
    ),
    sendTrace(telemetry, parts, options).catch(warnOf(`the trace was not sent to ${settings.otlpEndpoint}`)),
  ])
}

function conclude(
  parts: TelemetryParts,
  {clock, command, service, version}: TelemetryOptions,
  end: RunEnd,
): RunTelemetry {
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
    metrics: {run_id: run.run_id, service, command, recorded_at: finishedAt, samples: metrics.deltas()},
    run: describeRun({run, service, version, finishedAt, seconds, end, facts, redactor}),
    spans,
  }
}

function logEnd({logger}: TelemetryParts, {exit, error}: RunEnd, seconds: number): void {
  const fields = {exit, outcome: outcomeOf(exit), duration_seconds: seconds}
  if (error) logger.error({...fields, err: error}, 'command failed')
  else logger.info(fields, 'command finished')
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
