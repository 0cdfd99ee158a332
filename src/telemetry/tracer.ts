import type {Attributes, Clock, SpanRecord, Tracer} from '@ep23/sdk'
import {
  context,
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type HrTime,
  type Span as OtelSpan,
} from '@opentelemetry/api'
import {AsyncLocalStorageContextManager} from '@opentelemetry/context-async-hooks'
import {W3CTraceContextPropagator} from '@opentelemetry/core'
import {BasicTracerProvider, type ReadableSpan} from '@opentelemetry/sdk-trace-node'

import {KeepingSampler} from './keeping-sampler.js'
import type {Redactor} from './redact.js'
import {hrTimeOf, nanosOf, SpanRecorder} from './span-recorder.js'
import {createWallNanos} from './wall-nanos.js'

/** Where in the trace the running code is, and what log lines say about it. */
export interface TracePosition {
  spanId: string
  /** Attributes `channel` and `stage` of the innermost span that has them. */
  channel?: string
  stage?: string
}

export interface SpanEnd {
  status: SpanRecord['status']
  message?: string
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
  /** Makes it the one that libraries and plugins find through @opentelemetry/api, whichever copy of it they bring, until `finish`. */
  isGlobal?: boolean
}

const POSITION = createContextKey('ep23.position')

/** Spans by OpenTelemetry's SDK with W3C propagation; the run's flush stores them, `otlp.ts` sends them on. */
export function createTracer(options: TracerOptions): ProcessTracer {
  const {name, parent, maxSpans = 2000, sampleShare = 1, isGlobal = false} = options
  const recorder = new SpanRecorder(options)
  const sampler = new KeepingSampler(sampleShare, () => recorder.started >= Math.max(1, maxSpans))
  const provider = new BasicTracerProvider({sampler, spanProcessors: [recorder]})
  const contexts = new AsyncLocalStorageContextManager().enable()
  const propagator = new W3CTraceContextPropagator()
  const stop = isGlobal ? register({provider, contexts, propagator}) : () => undefined

  const time = spanClock(options.clock)
  const tracer = provider.getTracer('ep23')
  const start = (title: string, attributes: Attributes, within: Context): OtelSpan =>
    tracer.startSpan(title, {attributes: definedOf(attributes), startTime: time.now()}, within)
  const end = (span: OtelSpan, {status, message}: SpanEnd): void => {
    if (status !== 'unset') span.setStatus({code: CODES[status], ...(message !== undefined && {message})})
    span.end(time.endOf(span as unknown as ReadableSpan))
  }

  const contextIn = (traceparent: string | undefined): Context =>
    propagator.extract(ROOT_CONTEXT, {traceparent: traceparent?.trim()}, defaultTextMapGetter)
  const root = start(name, {}, contextIn(parent))
  const rootContext = trace.setSpan(ROOT_CONTEXT, root)
  const current = (): Context => (trace.getSpan(contexts.active()) ? contexts.active() : rootContext)
  const {traceId, traceFlags} = root.spanContext()
  const sampled = (traceFlags & TraceFlags.SAMPLED) !== 0

  return {
    traceId,
    sampled,
    position: () => ({...positionOf(current()), spanId: trace.getSpan(current())?.spanContext().spanId ?? ''}),
    traceparent() {
      const carrier: Record<string, string> = {}
      propagator.inject(current(), carrier, defaultTextMapSetter)
      return carrier['traceparent'] ?? ''
    },
    async span(title, attributes, work, remote) {
      const outer = remote === undefined ? current() : contextIn(remote)
      const span = start(title, attributes, outer)
      if (!span.isRecording()) return work({setAttributes: () => undefined})
      return contexts.with(contextOf(span, attributes, outer), async () => {
        try {
          const result = await work({setAttributes: added => void span.setAttributes(definedOf(added))})
          end(span, {status: 'ok'})
          return result
        } catch (error) {
          end(span, {status: 'error', message: error instanceof Error ? error.message : String(error)})
          throw error
        }
      })
    },
    finish(outcome) {
      const keepsAll = sampled || sampleShare >= 1
      const failed = outcome.status === 'error'
      if (root.isRecording()) {
        if (failed && !keepsAll) root.setAttribute('kept_for', 'error')
        end(root, outcome)
      }
      recorder.endUnfinished(span => time.endOf(span))
      stop()
      return {spans: keepsAll || failed ? recorder.finished : [], dropped: sampler.dropped}
    },
  }
}

const CODES = {ok: SpanStatusCode.OK, error: SpanStatusCode.ERROR} as const

/** @returns what takes it back */
function register({
  provider,
  contexts,
  propagator,
}: {
  provider: BasicTracerProvider
  contexts: AsyncLocalStorageContextManager
  propagator: W3CTraceContextPropagator
}): () => void {
  if (!trace.setGlobalTracerProvider(provider)) return () => undefined
  context.setGlobalContextManager(contexts)
  propagation.setGlobalPropagator(propagator)
  return () => {
    trace.disable()
    context.disable()
    propagation.disable()
  }
}

/** Spans start by the wall clock and last by the monotonic one, which is never set. */
function spanClock(clock: Clock): {now(): HrTime; endOf(span: ReadableSpan): HrTime} {
  const wallNanos = createWallNanos(clock)
  const started = new WeakMap<HrTime, number>()
  return {
    now() {
      const time = hrTimeOf(wallNanos())
      started.set(time, clock.monotonic())
      return time
    },
    endOf({startTime}) {
      const monotonic = started.get(startTime)
      // A library started it, by its own clock.
      if (monotonic === undefined) return hrTimeOf(wallNanos())
      return hrTimeOf(nanosOf(startTime) + BigInt(Math.max(0, Math.round((clock.monotonic() - monotonic) * 1e9))))
    },
  }
}

function contextOf(span: OtelSpan, attributes: Attributes, outer: Context): Context {
  const {channel, stage} = attributes
  const position = {
    ...positionOf(outer),
    ...(channel === undefined ? {} : {channel: String(channel)}),
    ...(stage === undefined ? {} : {stage: String(stage)}),
  }
  return trace.setSpan(outer, span).setValue(POSITION, position)
}

function positionOf(within: Context): Pick<TracePosition, 'channel' | 'stage'> {
  return within.getValue(POSITION) ?? {}
}

// An attribute without a value is none.
function definedOf(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null))
}
