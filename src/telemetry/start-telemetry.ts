import {
  LOG_LEVELS,
  type Clock,
  type Logger,
  type LogLevel,
  type RunIdentity,
  type Service,
  type Settings,
  type Store,
  type Tracer,
} from '@ep23/sdk'

import {closeTelemetry} from './close-telemetry.js'
import type {PerhapsOpenStore} from './flush-run.js'
import {telemetryMetrics} from './host-metrics.js'
import {createLogger, type ProcessLogger} from './logger.js'
import {createRedactor, type Redactor} from './redact.js'
import {createMetrics, type ProcessMetrics} from './registry.js'
import type {RunEnd} from './run-document.js'
import {newRunId} from './run-id.js'
import {createTracer, type ProcessTracer} from './tracer.js'

export interface TelemetryOptions {
  settings: Pick<Settings, 'llmApiKey' | 'logDir' | 'logLevel' | 'otlpEndpoint' | 'store' | 'traceSample'>
  clock: Clock
  command: string
  version: string
  service: Service
  env?: Readonly<Record<string, string | undefined>>
  warn?: (message: string) => void
  openStore?: (location: string, options: {signal: AbortSignal}) => Promise<Store>
}

/** The telemetry of one process. */
export interface Telemetry {
  run: RunIdentity
  metrics: ProcessMetrics
  tracer: Tracer
  logger: Logger
  /** Adds facts to the run's document in `ep23_runs`. */
  describeRun(facts: Readonly<Record<string, unknown>>): void
  /**
   * Stores what was recorded. Never throws and never changes how the command ends: what cannot be stored costs one
   * warning and 250 ms of waiting, a collector that does not answer a second. Later calls join the first.
   */
  close(end: RunEnd, store: PerhapsOpenStore): Promise<void>
}

/** The pieces of a running telemetry, for the code that closes it. */
export interface TelemetryParts {
  run: RunIdentity
  metrics: ProcessMetrics
  tracer: ProcessTracer
  logger: ProcessLogger
  redactor: Redactor
  facts: Record<string, unknown>
  /** On the monotonic clock. */
  startedAt: number
  warn: (message: string) => void
}

const EPIC_ID = 'EP23'

/** Starts metrics, trace and log of a run. Nothing heavy is loaded before the first log line is written. */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const parts = buildParts(options)
  let closing: Promise<void> | undefined
  return {
    ...parts,
    describeRun: added => void Object.assign(parts.facts, added),
    close: (end, store) => (closing ??= closeTelemetry(parts, options, {end, store})),
  }
}

function buildParts(options: TelemetryOptions): TelemetryParts {
  const {settings, clock, command, service, env = process.env, warn = warnOnStderr} = options
  const started_at = clock.now()
  const run_id = newRunId(started_at)
  const redactor = createRedactor([settings.llmApiKey])
  const tracer = createTracer({
    ...{service, runId: run_id, name: command, parent: env['TRACEPARENT'], clock, redactor},
    sampleShare: settings.traceSample,
    isGlobal: true,
  })
  const run: RunIdentity = {run_id, trace_id: tracer.traceId, command, started_at}
  const metrics = createMetrics({now: () => clock.now()})
  const {logLines} = metrics.bind(telemetryMetrics)
  const logger = createLogger({
    service,
    level: toLogLevel(settings.logLevel),
    directory: settings.logDir,
    context: {run_id, trace_id: tracer.traceId, epic_id: EPIC_ID, stage: command},
    position: () => tracer.position(),
    clock,
    redactor,
    onLine: level => logLines.inc({service, level}),
    warn,
  })
  return {run, metrics, tracer, logger, redactor, facts: {}, startedAt: clock.monotonic(), warn}
}

function toLogLevel(setting: string): LogLevel {
  return LOG_LEVELS.find(level => level === setting) ?? 'info'
}

function warnOnStderr(message: string): void {
  process.stderr.write(`Warning: ${message}\n`)
}
