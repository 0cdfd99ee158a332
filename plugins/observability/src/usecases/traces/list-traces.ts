import type {SpanRecord, Store} from '@ep23/sdk'

import {extentOf, spanTrees} from '../../domain/span-tree.js'

export interface TraceSummary {
  trace_id: string
  started_at: string
  seconds: number
  /** Name of the first root. */
  name: string
  services: string[]
  spans: number
  /** Spans that ended in an error. */
  errors: number
}

/** The latest traces, those with the latest span first. */
export async function listTraces(store: Store, {limit}: {limit: number}): Promise<TraceSummary[]> {
  const ids = await latestTraceIds(store, limit)
  const spans: SpanRecord[] = []
  if (ids.length > 0)
    for await (const span of store.collection<SpanRecord>('ep23_spans').find({trace_id: {$in: ids}})) spans.push(span)
  const traces = Map.groupBy(spans, span => span.trace_id)
  return ids.flatMap(id => summaryOf(id, traces.get(id) ?? []))
}

async function latestTraceIds(store: Store, limit: number): Promise<string[]> {
  const ids = new Set<string>()
  const newestFirst = {sort: {started_at: -1, span_id: 1}} as const
  for await (const {trace_id} of store.collection<SpanRecord>('ep23_spans').find({}, newestFirst)) {
    if (ids.size === limit && !ids.has(trace_id)) break
    ids.add(trace_id)
  }
  return [...ids]
}

function summaryOf(trace_id: string, spans: readonly SpanRecord[]): TraceSummary[] {
  const [root] = spanTrees(spans)
  if (!root) return []
  return [
    {
      trace_id,
      started_at: root.span.started_at.toISOString(),
      seconds: extentOf(spans).seconds,
      name: root.span.name,
      services: [...new Set(spans.map(span => span.service))].toSorted(),
      spans: spans.length,
      errors: spans.filter(span => span.status === 'error').length,
    },
  ]
}
