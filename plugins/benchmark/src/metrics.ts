import {defineMetrics} from '@ep23/sdk'

const scenarios = {atMost: 20}

export const benchmarkMetrics = defineMetrics({
  runDuration: {
    kind: 'histogram',
    name: 'benchmark_run_duration_seconds',
    help: 'How long a benchmark run took.',
    unit: 'seconds',
    labels: {scenario: scenarios},
    buckets: [1, 5, 15, 60, 300, 900, 3600],
  },
  runOutcome: {
    kind: 'gauge',
    name: 'benchmark_run_outcome',
    help: 'Verdict of the last run: 1 for the one that holds, 0 for the others.',
    unit: 'bool',
    labels: {scenario: scenarios, outcome: ['pass', 'warn', 'fail', 'undecided', 'unmeasured']},
  },
  metricValue: {
    kind: 'gauge',
    name: 'benchmark_metric_value',
    help: 'Mean score of the last run over its measured samples.',
    unit: 'score',
    // Not a closed set: scenarios of teams name scores of their own.
    labels: {scenario: scenarios, metric: {atMost: 20}},
  },
})
