import type {Attributes, Clock, SpanRecord} from '@ep23/sdk'

import {clip, type Redactor} from './redact.js'
import {storableAttributes} from './span-attributes.js'
import {newSpanId} from './traceparent.js'
import {createWallNanos, nanosToDate, type WallNanos} from './wall-nanos.js'

export interface SpanStart {
  name: string
  parentId: string | null
  attributes: Attributes
}

export interface SpanEnd {
  status: SpanRecord['status']
  message?: string
}

/** A span that runs. */
export interface OpenSpan {
  readonly id: string
  annotate(attributes: Attributes): void
  /** Only the first end counts. */
  end(end: SpanEnd): void
}

interface RecorderOptions {
  traceId: string
  runId: string
  service: string
  clock: Clock
  redactor: Redactor
  maxSpans: number
}

const LONGEST_MESSAGE = 500

/** Keeps the spans of one run, a bounded number of them. */
export class SpanRecorder {
  readonly finished: SpanRecord[] = []
  dropped = 0
  private readonly open = new Set<OpenSpan>()
  private readonly wallNanos: WallNanos

  constructor(private readonly options: RecorderOptions) {
    this.wallNanos = createWallNanos(options.clock)
  }

  /**
   * Undefined, and counted, when there are too many spans already. A span is dropped when it starts and not when it
   * ends, so that the parents of every recorded span are recorded too.
   */
  start({name, parentId, attributes}: SpanStart): OpenSpan | undefined {
    const {maxSpans, redactor} = this.options
    if (this.finished.length + this.open.size >= maxSpans) {
      this.dropped += 1
      return undefined
    }
    const id = newSpanId()
    const started = {nanos: this.wallNanos(), monotonic: this.options.clock.monotonic()}
    let own = storableAttributes(attributes, redactor)
    const span: OpenSpan = {
      id,
      annotate: added => (own = storableAttributes({...own, ...added}, redactor)),
      end: end => {
        if (this.open.delete(span)) this.finished.push(this.record({id, name, parentId, attributes: own}, started, end))
      },
    }
    this.open.add(span)
    return span
  }

  /** Ends what still runs, as happens when a command is cut short. */
  endUnfinished(): void {
    for (const span of [...this.open].toReversed()) {
      span.annotate({unfinished: true})
      span.end({status: 'unset'})
    }
  }

  private record(
    {id, name, parentId, attributes}: SpanStart & {id: string},
    started: {nanos: bigint; monotonic: number},
    {status, message}: SpanEnd,
  ): SpanRecord {
    const {clock, redactor, runId, service, traceId} = this.options
    const nanos = Math.max(0, Math.round((clock.monotonic() - started.monotonic) * 1e9))
    return {
      span_id: id,
      trace_id: traceId,
      parent_span_id: parentId,
      name: redactor.text(name),
      kind: 'internal',
      start_ns: String(started.nanos),
      end_ns: String(started.nanos + BigInt(nanos)),
      started_at: nanosToDate(started.nanos),
      duration_seconds: nanos / 1e9,
      status,
      ...(message === undefined ? {} : {status_message: clip(redactor.text(message), LONGEST_MESSAGE)}),
      attributes,
      run_id: runId,
      service,
    }
  }
}
