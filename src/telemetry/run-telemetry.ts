import type {SpanRecord, Store, Collection} from '@ep23/sdk'
import type {RunDocument} from './run-document.js'
import type {MetricSample} from './metric-sample.js'

/** All that one run leaves behind. */
export interface RunTelemetry {
  metrics: RunMetrics
  run: RunDocument
  spans: readonly SpanRecord[]
}

/** Stores a run, all at once: on a server far away it is the round trips that take time. */
export async function writeRun(store: Store, {metrics, run, spans}: RunTelemetry): Promise<void> {
  const allSpans = store.collection<SpanRecord>('ep23_spans')
  await Promise.all([
    // The latest traces are asked for, and the oldest are pruned: hundreds of thousands would be sorted each time.
    allSpans.ensureIndex({fields: ['started_at', 'span_id']}),
    runMetricsIn(store).upsertMany([metrics], 'run_id'),
    store.collection<RunDocument>('ep23_runs').upsertMany([run], 'run_id'),
    allSpans.upsertMany(spans, 'span_id'),
  ])
}

/** One run's share, in `ep23_metrics`. Written once, never changed, deleted only after it was folded. */
export interface RunMetrics {
  run_id: string
  service: string
  command: string
  recorded_at: Date
  samples: readonly MetricSample[]
}

export function runMetricsIn(store: Store): Collection<RunMetrics> {
  return store.collection<RunMetrics>('ep23_metrics')
}
