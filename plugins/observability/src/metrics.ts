import {defineMetrics} from '@ep23/sdk'

import {INFRA_STEPS} from './domain/infra.js'
import {MCP_REFUSALS} from './domain/mcp-refusals.js'
import {CALL_STATUSES, TOOL_NAMES} from './domain/tool.js'

const tool = [...TOOL_NAMES, 'unknown'] as const

/** What the MCP server records about its own work: counted at dispatch, so that wrong arguments count too. */
export const mcpMetrics = defineMetrics({
  requests: {
    kind: 'counter',
    name: 'mcp_requests_total',
    help: 'Calls of tools over MCP, those with wrong arguments included.',
    unit: 'requests',
    labels: {tool, status: CALL_STATUSES},
  },
  duration: {
    kind: 'histogram',
    name: 'mcp_request_duration_seconds',
    help: 'How long calls of tools over MCP took.',
    unit: 'seconds',
    labels: {tool},
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
  },
  refusals: {
    kind: 'counter',
    name: 'mcp_refusals_total',
    help: 'Requests and connections that the MCP server has turned away over HTTP, by what was wrong with them.',
    unit: 'requests',
    labels: {reason: MCP_REFUSALS},
  },
})

export const infraMetrics = defineMetrics({
  status: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_status',
    help: 'Whether a step of the shared infrastructure came up: 1 up, 0 failed or down.',
    unit: 'bool',
    labels: {step: INFRA_STEPS},
  },
  wanted: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_wanted',
    help: 'Whether a step of the shared infrastructure should be up: 1 since infra:up asked for it, 0 since infra:down.',
    unit: 'bool',
    labels: {step: INFRA_STEPS},
  },
  duration: {
    kind: 'histogram',
    name: 'shared_infra_bootstrap_duration_seconds',
    help: 'How long a step of the shared infrastructure took until it answered.',
    unit: 'seconds',
    labels: {step: INFRA_STEPS},
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
  },
})

/** What the sidecar records about its own work. */
export const sidecarMetrics = defineMetrics({
  requests: {
    kind: 'counter',
    name: 'ep23_sidecar_requests_total',
    help: 'Requests that the sidecar has answered.',
    unit: 'requests',
    labels: {
      operation: ['metrics', 'healthz', 'readyz', 'traces', 'observe', 'other'],
      status: ['200', '202', '400', '401', '403', '404', '405', '413', '415', '422', '500', '503', 'other'],
    },
  },
  refusals: {
    kind: 'counter',
    name: 'ep23_sidecar_refusals_total',
    help: 'Requests and connections that the sidecar has refused, by what was wrong with them.',
    unit: 'requests',
    labels: {
      reason: [
        'host',
        'token',
        'path',
        'method',
        'media_type',
        'body_size',
        'encoding',
        'malformed',
        'undeclared_metric',
        'timeout',
        'header_size',
        'connections',
        'other',
      ],
    },
  },
  scrapeDuration: {
    kind: 'histogram',
    name: 'ep23_sidecar_scrape_duration_seconds',
    help: 'How long it took to read the store and to write the answer to a scrape.',
    unit: 'seconds',
    labels: {},
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
  folds: {
    kind: 'counter',
    name: 'ep23_folds_total',
    help: 'Attempts to compact the stored runs into their totals.',
    unit: 'folds',
    labels: {outcome: ['ok', 'failed']},
  },
  foldedRuns: {
    kind: 'counter',
    name: 'ep23_folded_runs_total',
    help: 'Shares of runs added to the totals.',
    unit: 'runs',
    labels: {},
  },
  spansReceived: {
    kind: 'counter',
    name: 'ep23_spans_received_total',
    help: 'Spans handed over by other services.',
    unit: 'spans',
    labels: {outcome: ['stored', 'rejected']},
  },
  observations: {
    kind: 'counter',
    name: 'ep23_observations_total',
    help: 'Observations of declared metrics handed over by other services.',
    unit: 'observations',
    labels: {outcome: ['accepted', 'refused']},
  },
})

/** Measured at every scrape, and stored nowhere. */
export const liveMetrics = defineMetrics({
  datasetDigests: {
    kind: 'gauge',
    name: 'benchmark_dataset_digests',
    help: 'Daily digests in the store now.',
    unit: 'documents',
    labels: {channel: {atMost: 50}},
  },
  storeDocuments: {
    kind: 'gauge',
    name: 'ep23_store_documents',
    help: 'Documents in the store now.',
    unit: 'documents',
    labels: {collection: ['digests', 'review_reports', 'ep23_runs', 'ep23_spans', 'ep23_metrics']},
  },
  storeSize: {
    kind: 'gauge',
    name: 'ep23_store_size_bytes',
    help: 'Size of the embedded store on disk, the database file and its write-ahead log.',
    unit: 'bytes',
    labels: {state: ['database', 'log']},
  },
  build: {
    kind: 'gauge',
    name: 'ep23_sidecar_build',
    help: 'Version of the running sidecar, always 1.',
    unit: 'bool',
    labels: {version: {atMost: 1}},
  },
  memory: {
    kind: 'gauge',
    name: 'ep23_sidecar_resident_memory_bytes',
    help: 'Memory that the sidecar occupies.',
    unit: 'bytes',
    labels: {},
  },
  started: {
    kind: 'gauge',
    name: 'ep23_sidecar_start_timestamp_seconds',
    help: 'When the sidecar was started, in seconds since 1970.',
    unit: 'seconds',
    labels: {},
  },
})

export const observabilityMetrics = {
  ...infraMetrics,
  ...sidecarMetrics,
  ...liveMetrics,
  mcpRequests: mcpMetrics.requests,
  mcpDuration: mcpMetrics.duration,
  mcpRefusals: mcpMetrics.refusals,
}
