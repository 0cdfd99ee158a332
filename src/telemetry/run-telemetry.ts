import type {Collection, IndexSpec, SpanRecord, Store} from '@ep23/sdk'
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
  await Promise.all([
    runMetricsIn(store).upsertMany([metrics], 'run_id'),
    store.collection<RunDocument>('ep23_runs').upsertMany([run], 'run_id'),
    indexIfNew(allSpans).then(() => allSpans.upsertMany(spans, 'span_id')),
  ])
}

/** Where older runs have left many spans it takes long, and is `store:upgrade`'s to make. */
async function indexIfNew(spans: Collection<SpanRecord>): Promise<void> {
  if (await spans.hasIndex(SPANS_BY_START)) return
  const [first] = await Array.fromAsync(spans.find({}, {limit: 1}))
  if (first === undefined) await spans.ensureIndex(SPANS_BY_START)
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
