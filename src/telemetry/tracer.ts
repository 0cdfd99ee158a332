import {AsyncLocalStorage} from 'node:async_hooks'

import {isTraceSampled, type Attributes, type Clock, type Span, type SpanRecord, type Tracer} from '@ep23/sdk'

import type {Redactor} from './redact.js'
import {SpanRecorder, type OpenSpan, type SpanEnd} from './span-recorder.js'
import {formatTraceparent, newTraceId, parseTraceparent} from './traceparent.js'

/** Where in the trace the running code is, and what log lines say about it. */
export interface TracePosition {
  spanId: string
  /** Attributes `channel` and `stage` of the innermost span that has them. */
  channel?: string
  stage?: string
}

/** The tracer of one process: one trace, one root span, which lasts until `finish`. */
export interface ProcessTracer extends Tracer {
  /** What the caller's `traceparent` says, else whether the id is in the sampled share; decides what is sent on by OTLP. */
  readonly sampled: boolean
  position(): TracePosition
  /**
   * Ends the root and whatever still runs (marked `unfinished`). Without a sampled share below 1 all spans are to be
   * kept; with one, those of sampled traces, and those of a process that failed, whose root says why it was kept.
   */
  finish(end: SpanEnd): {spans: SpanRecord[]; dropped: number}
}

interface TracerOptions {
  service: string
  runId: string
  /** The root span's name. */
  name: string
  /** The caller's `traceparent`, from the environment. */
  parent: string | undefined
  clock: Clock
  redactor: Redactor
  maxSpans?: number
  /** The share of traces to keep, 0 to 1. */
  sampleShare?: number
}

/**
 * Own spans on AsyncLocalStorage with W3C ids: no dependency, and plain records that any store holds. OpenTelemetry's
 * SDK takes 60 to 80 ms to load and is asked only when an endpoint is configured (`otlp.ts`).
 */
export function createTracer({
  name,
  parent: header,
  maxSpans = 2000,
  sampleShare = 1,
  ...options
}: TracerOptions): ProcessTracer {
  const parent = parseTraceparent(header)
  const traceId = parent?.traceId ?? newTraceId()
  const sampled = parent?.sampled ?? isTraceSampled(traceId, sampleShare)
  const keepsAll = sampled || sampleShare >= 1
  const recorder = new SpanRecorder({...options, traceId, maxSpans: Math.max(1, maxSpans)})
  const root = recorder.start({name, parentId: parent?.spanId ?? null, attributes: {}})
  const storage = new AsyncLocalStorage<TracePosition>()
  const position = (): TracePosition => storage.getStore() ?? {spanId: root?.id ?? ''}

  return {
    traceId,
    sampled,
    position,
    traceparent: () => formatTraceparent({traceId, spanId: position().spanId, sampled}),
    async span(title, attributes, work) {
      const span = recorder.start({name: title, parentId: position().spanId, attributes})
      if (!span) return work({setAttributes: () => undefined})
      return storage.run(positionIn(span, attributes, position()), () => runIn(span, work))
    },
    finish(end) {
      const failed = end.status === 'error'
      if (failed && !keepsAll) root?.annotate({kept_for: 'error'})
      root?.end(end)
      recorder.endUnfinished()
      return {spans: keepsAll || failed ? recorder.finished : [], dropped: recorder.dropped}
    },
  }
}

async function runIn<T>(span: OpenSpan, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    const result = await work({setAttributes: attributes => span.annotate(attributes)})
    span.end({status: 'ok'})
    return result
  } catch (error) {
    span.end({status: 'error', message: error instanceof Error ? error.message : String(error)})
    throw error
  }
}

function positionIn(span: OpenSpan, attributes: Attributes, outer: TracePosition): TracePosition {
  const {channel = outer.channel, stage = outer.stage} = attributes
  return {
    spanId: span.id,
    ...(channel === undefined ? {} : {channel: String(channel)}),
    ...(stage === undefined ? {} : {stage: String(stage)}),
  }
}
