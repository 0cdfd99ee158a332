import {LOG_LEVELS, type LogLevel, type RunIdentity} from '@ep23/sdk'

import {closeTelemetry} from './close-telemetry.js'
import {telemetryMetrics} from './host-metrics.js'
import {createLogger} from './logger.js'
import {createRedactor} from './redact.js'
import {createMetrics} from './registry.js'
import {newRunId} from './run-document.js'
import type {Telemetry, TelemetryOptions, TelemetryParts} from './telemetry.js'
import {createTracer} from './tracer.js'
import {warnOnStderr} from '../language/warn.js'

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
