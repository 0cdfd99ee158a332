import type {Counter, Gauge, Histogram, Logger, MetricHandles, MetricSpecs} from '@ep23/sdk'

import type {ProcessMetrics} from './registry.js'
import {newRunId, randomHex} from './run-document.js'
import type {Telemetry, TelemetryOptions} from './telemetry.js'

/** A run that records nothing: it has an id and a trace id like every other, and leaves neither behind. */
export function startNoTelemetry({clock, command}: Pick<TelemetryOptions, 'clock' | 'command'>): Telemetry {
  const started_at = clock.now()
  const trace_id = randomHex(16)
  const traceparent = `00-${trace_id}-${randomHex(8)}-00`
  return {
    run: {run_id: newRunId(started_at), trace_id, command, started_at},
    metrics: noMetrics,
    logger: noLogger,
    tracer: {
      traceId: trace_id,
      traceparent: () => traceparent,
      span: async (_name, _attributes, work) => work({setAttributes: () => undefined}),
    },
    describeRun: () => undefined,
    close: async () => undefined,
  }
}

const nothing = (): void => undefined
const noLogger: Logger = {debug: nothing, info: nothing, warn: nothing, error: nothing}
/** Whatever kind a metric is of: the type holds it to all that a handle can do. */
const noHandle: Counter<unknown> & Gauge<unknown> & Histogram<unknown> = {
  inc: nothing,
  set: nothing,
  clear: nothing,
  observe: nothing,
}
const noMetrics: ProcessMetrics = {
  bind<const S extends MetricSpecs>(specs: S) {
    const handles = Object.keys(specs).map(key => [key, noHandle])
    return Object.fromEntries(handles) as MetricHandles<S>
  },
  deltas: async () => [],
  drain: async () => [],
}
