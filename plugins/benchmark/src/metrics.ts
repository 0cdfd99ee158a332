import {defineMetrics} from '@ep23/sdk'

const scenarios = {atMost: 8}
// A judge with its model: each change of model is a series of its own, not a step in one.
const judges = {atMost: 8}
const datasets = {atMost: 3}

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
    help: 'Verdict of the last whole live run: 1 for the one that holds, 0 for the others.',
    unit: 'bool',
    labels: {
      scenario: scenarios,
      judge: judges,
      dataset: datasets,
      outcome: ['pass', 'warn', 'fail', 'undecided', 'unmeasured'],
    },
  },
  gateCalibrated: {
    kind: 'gauge',
    name: 'benchmark_gate_calibrated',
    help: 'Whether the score of a gate of the last whole live run was held against people and follows them.',
    unit: 'bool',
    labels: {scenario: scenarios, judge: judges, dataset: datasets, metric: {atMost: 9}},
  },
  metricValue: {
    kind: 'gauge',
    name: 'benchmark_metric_value',
    help: 'Mean score of the last whole live run over its measured samples; absent when it measured none.',
    unit: 'score',
    // Metrics are not a closed set: scenarios of teams name scores of their own.
    labels: {
      scenario: scenarios,
      judge: judges,
      dataset: datasets,
      origin: ['telegram', 'team'],
      metric: {atMost: 9},
    },
  },
})
