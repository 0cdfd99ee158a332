import type {SpanRecord} from '@ep23/sdk'

/** A span with what it called, in the order of their starts. */
export interface SpanNode {
  span: SpanRecord
  children: SpanNode[]
}

/** When a trace began and how long it lasted, from the first start to the last end. */
export interface TraceExtent {
  start_ns: bigint
  seconds: number
}

/** The trees of one trace's spans. A span whose parent is not among them (it ran in another process) is a root. */
export function spanTrees(spans: readonly SpanRecord[]): SpanNode[] {
  const nodes = new Map(spans.map(span => [span.span_id, {span, children: [] as SpanNode[]}]))
  const roots: SpanNode[] = []
  for (const node of [...nodes.values()].toSorted(byStart)) {
    const parent = nodes.get(node.span.parent_span_id ?? '')
    if (parent && parent !== node) parent.children.push(node)
    else roots.push(node)
  }
  return roots
}

export function extentOf(spans: readonly SpanRecord[]): TraceExtent {
  const starts = spans.map(span => BigInt(span.start_ns))
  const ends = spans.map(span => BigInt(span.end_ns))
  const start = starts.reduce((least, nanos) => (nanos < least ? nanos : least), starts[0] ?? 0n)
  const end = ends.reduce((most, nanos) => (nanos > most ? nanos : most), start)
  return {start_ns: start, seconds: Number(end - start) / 1e9}
}

function byStart(a: SpanNode, b: SpanNode): number {
  const [first, second] = [BigInt(a.span.start_ns), BigInt(b.span.start_ns)]
  if (first !== second) return first < second ? -1 : 1
  return a.span.span_id < b.span.span_id ? -1 : 1
}
