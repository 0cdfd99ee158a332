import type {Collection, IndexSpec, SpanRecord, Store, StoredDocument} from '@ep23/sdk'
import type {RunDocument} from './run-document.js'
import type {MetricSample} from './metric-sample.js'

/** The latest traces are asked for, and the oldest are pruned: hundreds of thousands would be sorted each time. */
export const SPANS_BY_START: IndexSpec = {fields: ['started_at', 'span_id']}
/** The oldest are folded first. */
export const RUN_METRICS_BY_TIME: IndexSpec = {fields: ['recorded_at', 'run_id']}

/** All that one run leaves behind. */
export interface RunTelemetry {
  metrics: RunMetrics
  run: RunDocument
  spans: readonly SpanRecord[]
}

/** Stores a run, all at once: on a server far away it is the round trips that take time. */
export async function writeRun(store: Store, {metrics, run, spans}: RunTelemetry): Promise<void> {
  const allSpans = store.collection<SpanRecord>('ep23_spans')
  const allMetrics = runMetricsIn(store)
  await Promise.all([
    indexIfNew(allMetrics, RUN_METRICS_BY_TIME).then(() => allMetrics.upsertMany([metrics], 'run_id')),
    store.collection<RunDocument>('ep23_runs').upsertMany([run], 'run_id'),
    indexIfNew(allSpans, SPANS_BY_START).then(() => allSpans.upsertMany(spans, 'span_id')),
  ])
}

/** Where older runs have left many documents it takes long, and is `store:upgrade`'s to make. */
async function indexIfNew<T extends StoredDocument>(documents: Collection<T>, index: IndexSpec): Promise<void> {
  if (await documents.hasIndex(index)) return
  const [first] = await Array.fromAsync(documents.find({}, {limit: 1}))
  if (first === undefined) await documents.ensureIndex(index)
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
