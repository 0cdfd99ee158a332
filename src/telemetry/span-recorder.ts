import type {SpanRecord} from '@ep23/sdk'
import {SpanKind, SpanStatusCode, type HrTime} from '@opentelemetry/api'
import type {ReadableSpan, Span, SpanProcessor} from '@opentelemetry/sdk-trace-node'

import {clip, type Redactor} from './redact.js'
import {storableAttributes} from './storable.js'
import {nanosToDate} from './wall-nanos.js'

interface RecorderOptions {
  runId: string
  service: string
  redactor: Redactor
}

const LONGEST_MESSAGE = 500

const KINDS: Readonly<Record<SpanKind, SpanRecord['kind']>> = {
  [SpanKind.INTERNAL]: 'internal',
  [SpanKind.SERVER]: 'server',
  [SpanKind.CLIENT]: 'client',
  [SpanKind.PRODUCER]: 'producer',
  [SpanKind.CONSUMER]: 'consumer',
}

const STATUSES: Readonly<Record<SpanStatusCode, SpanRecord['status']>> = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'ok',
  [SpanStatusCode.ERROR]: 'error',
}

/** Keeps the spans of one run in memory, as records without secrets that any store takes, until the run's flush. */
export class SpanRecorder implements SpanProcessor {
  readonly finished: SpanRecord[] = []
  private readonly open = new Set<Span>()

  constructor(private readonly options: RecorderOptions) {}

  /** How many spans were started; the sampler refuses more than a run may keep. */
  get started(): number {
    return this.finished.length + this.open.size
  }

  onStart(span: Span): void {
    this.open.add(span)
  }

  onEnd(span: ReadableSpan): void {
    this.open.delete(span as Span)
    this.finished.push(this.record(span))
  }

  /** Ends what still runs, as happens when a command is cut short. */
  endUnfinished(endTime: (span: ReadableSpan) => HrTime): void {
    for (const span of [...this.open].toReversed()) {
      span.setAttribute('unfinished', true)
      span.end(endTime(span))
    }
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  private record(span: ReadableSpan): SpanRecord {
    const {redactor, runId, service} = this.options
    const {spanId, traceId} = span.spanContext()
    const [start, end] = [nanosOf(span.startTime), nanosOf(span.endTime)]
    const {code, message} = span.status
    return {
      span_id: spanId,
      trace_id: traceId,
      parent_span_id: span.parentSpanContext?.spanId ?? null,
      name: redactor.text(span.name),
      kind: KINDS[span.kind],
      start_ns: String(start),
      end_ns: String(end),
      started_at: nanosToDate(start),
      duration_seconds: Number(end - start) / 1e9,
      status: STATUSES[code],
      ...(message === undefined ? {} : {status_message: clip(redactor.text(message), LONGEST_MESSAGE)}),
      attributes: storableAttributes(span.attributes, redactor),
      run_id: runId,
      service,
    }
  }
}

export function nanosOf([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos)
}

export function hrTimeOf(nanos: bigint): HrTime {
  return [Number(nanos / 1_000_000_000n), Number(nanos % 1_000_000_000n)]
}
