import type {SpanRecord, Store} from '@ep23/sdk'

export interface SlowSpan {
  trace_id: string
  name: string
  service: string
  started_at: string
  seconds: number
  status: SpanRecord['status']
}

interface SlowOptions {
  limit: number
  /** Only spans that took at least this long. */
  minSeconds: number
  /** Only spans since then. */
  since: Date
}

/** The longest spans, longest first. */
export async function slowSpans(store: Store, {limit, minSeconds, since}: SlowOptions): Promise<SlowSpan[]> {
  const spans: SlowSpan[] = []
  const slowestFirst = {sort: {duration_seconds: -1, span_id: 1}, limit} as const
  const wanted = {duration_seconds: {$gte: minSeconds}, started_at: {$gte: since}}
  for await (const span of store.collection<SpanRecord>('ep23_spans').find(wanted, slowestFirst))
    spans.push({
      trace_id: span.trace_id,
      name: span.name,
      service: span.service,
      started_at: span.started_at.toISOString(),
      seconds: span.duration_seconds,
      status: span.status,
    })
  return spans
}
