import type {SpanRecord, Store} from '@ep23/sdk'

import type {RunDocument} from './run-document.js'
import {runMetricsIn, type RunMetrics} from './run-metrics.js'

/** All that one run leaves behind. */
export interface RunTelemetry {
  metrics: RunMetrics
  run: RunDocument
  spans: readonly SpanRecord[]
}

/** Stores a run, all at once: on a server far away it is the round trips that take time. */
export async function writeRun(store: Store, {metrics, run, spans}: RunTelemetry): Promise<void> {
  await Promise.all([
    runMetricsIn(store).upsertMany([metrics], 'run_id'),
    store.collection<RunDocument>('ep23_runs').upsertMany([run], 'run_id'),
    store.collection<SpanRecord>('ep23_spans').upsertMany(spans, 'span_id'),
  ])
}
