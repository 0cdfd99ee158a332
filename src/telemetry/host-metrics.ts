import {defineMetrics, LOG_LEVELS, SERVICES} from '@ep23/sdk'

/** Commands, the host's and those of plugins, also of plugins that a team adds. */
const commands = {atMost: 60}

/** What the host records about runs. */
export const runMetrics = defineMetrics({
  runs: {
    kind: 'counter',
    name: 'ep23_runs_total',
    help: 'Commands run, by how they ended.',
    unit: 'runs',
    labels: {
      command: commands,
      outcome: ['ok', 'failed', 'warned', 'undecided', 'unmeasured', 'error', 'interrupted'],
    },
  },
  runDuration: {
    kind: 'histogram',
    name: 'ep23_run_duration_seconds',
    help: 'How long commands ran.',
    unit: 'seconds',
    labels: {command: commands},
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
  },
  lastFlush: {
    kind: 'gauge',
    name: 'ep23_last_flush_timestamp_seconds',
    help: 'When a run of the command last stored its telemetry, in seconds since 1970.',
    unit: 'seconds',
    labels: {command: commands},
  },
})

/** What telemetry records about itself. */
export const telemetryMetrics = defineMetrics({
  logLines: {
    kind: 'counter',
    name: 'structured_logs_total',
    help: 'Log lines written.',
    unit: 'lines',
    labels: {service: SERVICES, level: LOG_LEVELS},
  },
  droppedLabelValues: {
    kind: 'counter',
    name: 'ep23_dropped_label_values_total',
    help: 'Label values outside their declared bound, recorded as other.',
    unit: 'values',
    labels: {metric: {atMost: 500}},
    internal: true,
  },
  droppedSpans: {
    kind: 'counter',
    name: 'ep23_dropped_spans_total',
    help: 'Spans not recorded because the run had too many.',
    unit: 'spans',
    labels: {service: SERVICES},
    internal: true,
  },
})

export const hostMetrics = {...runMetrics, ...telemetryMetrics}
