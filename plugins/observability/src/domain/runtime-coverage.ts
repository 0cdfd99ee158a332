import type {Message, PolicyFinding, Service} from '@ep23/sdk'
import {message} from '../words/words.js'

/** What a runtime must show of itself; held against what it really shows by `observability:policy`. */
interface RuntimeRequirements {
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

/** What a live run of a runtime has shown. */
export interface MeasuredRuntime {
  service: Service
  /** Why it could not be measured. */
  failure?: Message
  metrics: ReadonlySet<string>
  logLines: number
  /** Fields that every one of its log lines had. */
  logFields: ReadonlySet<string>
  spans: ReadonlySet<string>
}

export interface RuntimeCoverage {
  service: Service
  metrics: {required: number; missing: string[]}
  log_fields: {required: number; missing: string[]}
  spans: {required: number; missing: string[]}
  log_lines: number
  failure: Message | null
}

export function coverageOf(required: RuntimeRequirements, measured: MeasuredRuntime): RuntimeCoverage {
  return {
    service: required.service,
    metrics: compared(required.metrics, measured.metrics),
    log_fields: compared(required.logFields, measured.logFields),
    spans: compared(required.spans, measured.spans),
    log_lines: measured.logLines,
    failure: measured.failure ?? null,
  }
}

/** One finding per thing that is missing, under the name of the rule that asks for it. */
export function coverageFindings({service, failure, metrics, log_fields, spans}: RuntimeCoverage): PolicyFinding[] {
  const missing = (
    rule: string,
    names: readonly string[],
    what: 'metricMissing' | 'logFieldMissing' | 'spanMissing',
  ): PolicyFinding[] => names.map(name => ({rule, metric: service, problem: message(what, {name})}))
  if (failure !== null) return [{rule: 'runtime-runs', metric: service, problem: failure}]
  return [
    ...missing('runtime-metric', metrics.missing, 'metricMissing'),
    ...missing('runtime-log-field', log_fields.missing, 'logFieldMissing'),
    ...missing('runtime-span', spans.missing, 'spanMissing'),
  ]
}

function compared(required: readonly string[], measured: ReadonlySet<string>): {required: number; missing: string[]} {
  return {required: required.length, missing: required.filter(name => !measured.has(name))}
}
