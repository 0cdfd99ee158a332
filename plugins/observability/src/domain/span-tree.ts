import {numbersMessage, type Message, type SpanRecord} from '@ep23/sdk'

import {message} from '../words/words.js'

/**
 * Why a span that names a parent begins a tree all the same: the parent is not stored (it ran elsewhere, or was not kept);
 * its parents name each other in a circle; or it lies deeper than a tree is drawn.
 */
type Apart = 'circle' | 'depth' | 'parent'

/** A span with what it called, in the order of their starts. */
export interface SpanNode {
  span: SpanRecord
  children: SpanNode[]
  apart?: Apart
}

/** When a trace began and how long it lasted, from the first start to the last end. */
export interface TraceExtent {
  start_ns: bigint
  seconds: number
}

/** Deeper trees cannot be read, and what comes from other services may be of any depth. */
export const MOST_LEVELS = 24

/** The trees of one trace's spans: every span is in one of them once, whatever the spans say about their parents. */
export function spanTrees(spans: readonly SpanRecord[]): SpanNode[] {
  const nodes = spans.map((span): SpanNode => ({span, children: []})).toSorted(byStart)
  const known = new Map(nodes.map(node => [node.span.span_id, node]))
  const trees = new Forest()
  const waiting = nodes.filter(node => {
    const parent = known.get(node.span.parent_span_id ?? '')
    parent?.children.push(node)
    return parent === undefined
  })
  for (const node of waiting) trees.plant(node, node.span.parent_span_id === null ? undefined : 'parent')
  // What no tree has reached hangs on itself: the earliest of each circle begins a tree.
  for (const node of nodes)
    if (!trees.has(node)) {
      const parent = known.get(node.span.parent_span_id ?? '')
      if (parent) parent.children = parent.children.filter(child => child !== node)
      trees.plant(node, 'circle')
    }
  return trees.roots.toSorted(byStart)
}

class Forest {
  readonly roots: SpanNode[] = []
  readonly #drawn = new Set<SpanNode>()

  has(node: SpanNode): boolean {
    return this.#drawn.has(node)
  }

  plant(root: SpanNode, apart: Apart | undefined): void {
    this.#addRoot(root, apart)
    const open = [{node: root, level: 1}]
    for (let next = open.pop(); next; next = open.pop()) {
      const {node, level} = next
      this.#drawn.add(node)
      const breaksOff = level === MOST_LEVELS
      for (const child of breaksOff ? node.children.splice(0) : node.children) {
        if (breaksOff) this.#addRoot(child, 'depth')
        open.push({node: child, level: breaksOff ? 1 : level + 1})
      }
    }
  }

  #addRoot(root: SpanNode, apart: Apart | undefined): void {
    if (apart) root.apart = apart
    this.roots.push(root)
  }
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

/** Why this span stands apart from its parent, for readers; undefined for one that does not. */
export function apartNote({apart, span}: SpanNode): Message | undefined {
  const parent = span.parent_span_id ?? ''
  if (apart === 'parent') return message('parentNotStored', {parent})
  if (apart === 'circle') return message('parentsInCircle', {parent})
  return apart === 'depth' ? message('continuesBelow', {parent}) : undefined
}

/** `3.2 µs`, `41 ms`, `2.50 s`, `3 min 20 s`: three digits tell apart what matters. */
export function formatSeconds(seconds: number): Message {
  if (seconds >= 120)
    return message('minutesSeconds', {minutes: Math.floor(seconds / 60), seconds: Math.floor(seconds % 60)})
  if (seconds >= 1) return message('secondsLong', {seconds: numbersMessage(seconds.toPrecision(3))})
  if (seconds >= 1e-3) return message('milliseconds', {milliseconds: numbersMessage(digits(seconds * 1e3))})
  return message('microseconds', {microseconds: numbersMessage(digits(seconds * 1e6))})
}

function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2)
}
