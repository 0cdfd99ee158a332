import type {Service} from '@ep23/sdk'

/** What a runtime must show of itself; held against what it really shows by `observability:policy`. */
export interface RuntimeRequirements {
  service: Service
  /** Metrics that its process records (command line) or that its /metrics declares (servers). */
  metrics: readonly string[]
  /** Fields of each of its log lines. */
  logFields: readonly string[]
  /** Spans of its trace. */
  spans: readonly string[]
}

const LOG_FIELDS = 'name lvl time time_ns msg run_id trace_id span_id epic_id stage'.split(' ')

/** The metrics that the epic asks for by name. */
export const EPIC_METRICS = [
  'benchmark_digest_records_total',
  'benchmark_review_records_total',
  'benchmark_export_duration_seconds',
  'shared_infra_bootstrap_status',
  'structured_logs_total',
  'rag_variance_ratio',
] as const

export const RUNTIME_REQUIREMENTS: readonly RuntimeRequirements[] = [
  {
    service: 'ep23-cli',
    metrics: [
      'ep23_runs_total',
      'ep23_run_duration_seconds',
      'ep23_last_flush_timestamp_seconds',
      'structured_logs_total',
    ],
    logFields: LOG_FIELDS,
    spans: ['observability:prune'],
  },
  {
    service: 'ep23-sidecar',
    metrics: [...EPIC_METRICS, 'benchmark_dataset_digests', 'ep23_runs_total', 'ep23_sidecar_requests_total'],
    logFields: LOG_FIELDS,
    spans: ['observability:serve'],
  },
  {
    service: 'ep23-mcp',
    metrics: ['mcp_requests_total', 'mcp_request_duration_seconds', 'structured_logs_total'],
    logFields: LOG_FIELDS,
    spans: ['observability:mcp'],
  },
]
