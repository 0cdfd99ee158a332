import type {SpanRecord, Store} from '@ep23/sdk'

import type {RunDocument} from './run-document.js'
import {runMetricsIn, type RunMetrics} from './stored-metrics.js'

/** All that one run leaves behind. */
export interface RunTelemetry {
  metrics: RunMetrics
  run: RunDocument
  spans: readonly SpanRecord[]
}

/** Stores a run: its metrics first, as they are what must not be lost. */
export async function writeRun(store: Store, {metrics, run, spans}: RunTelemetry): Promise<void> {
  await runMetricsIn(store).upsertMany([metrics], 'run_id')
  await store.collection<RunDocument>('ep23_runs').upsertMany([run], 'run_id')
  await store.collection<SpanRecord>('ep23_spans').upsertMany(spans, 'span_id')
}
