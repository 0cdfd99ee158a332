import {printableLine, type SpanRecord, type Store, type TextBlock, type Table, type Text} from '@ep23/sdk'

import {extentOf, spanTrees, formatSeconds} from '../../domain/span-tree.js'
import {message} from '../../words/words.js'

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
  const newestFirst = {sort: {started_at: -1, span_id: -1}} as const
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

const NOTHING = [message('noSpans')]

export function renderTraces(traces: readonly TraceSummary[]): TextBlock[] {
  if (traces.length === 0) return NOTHING
  const rows = traces.map(({trace_id, started_at, seconds, name, spans, errors, services}) => [
    trace_id,
    started_at,
    formatSeconds(seconds),
    printableLine(name),
    message('spansOf', {spans}),
    errors > 0 ? message('failedOf', {errors}) : '',
    services.map(printableLine).join(', '),
  ])
  return aligned(rows)
}

export function renderSlow(spans: readonly SlowSpan[]): TextBlock[] {
  if (spans.length === 0) return NOTHING
  return aligned(
    spans.map(({seconds, name, service, started_at, trace_id, status}) => [
      formatSeconds(seconds),
      printableLine(name),
      printableLine(service),
      started_at,
      trace_id,
      status === 'error' ? message('spanFailed') : '',
    ]),
  )
}

/** Rows without titles, each cell as wide as its column. */
function aligned(rows: readonly Text[][]): [Table] {
  const columns = (rows[0] ?? []).map(() => ({title: '', kind: 'name'}) as const)
  return [{columns, rows}]
}
