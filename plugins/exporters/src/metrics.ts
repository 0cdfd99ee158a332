import {defineMetrics} from '@ep23/sdk'

/** The two built-in exporters and those that teams add. */
const exporters = {atMost: 20}

export const exportersMetrics = defineMetrics({
  exportDuration: {
    kind: 'histogram',
    name: 'benchmark_export_duration_seconds',
    help: 'How long an export took, whether it succeeded or failed.',
    unit: 'seconds',
    labels: {exporter: exporters},
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  },
  exportRecords: {
    kind: 'counter',
    name: 'benchmark_export_records_total',
    help: 'Records written by an exporter.',
    unit: 'records',
    labels: {exporter: exporters},
  },
})
