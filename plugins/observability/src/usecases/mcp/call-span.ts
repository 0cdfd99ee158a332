import {isTraceSampled, type Runtime, type SpanRecord} from '@ep23/sdk'

import type {CallStatus, ToolName} from '../../domain/tool.js'

/** Where a call stands in its trace. */
export interface CallTrace {
  traceId: string
  spanId: string
  /** The caller's span; null when the call begins a trace. */
  parentSpanId: string | null
  flags: string
  /** Whether its span is kept also when nothing goes wrong. */
  kept: boolean
}

const FORMAT =
  /^(?!ff)[\da-f]{2}-(?!0{32})(?<traceId>[\da-f]{32})-(?!0{16})(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})$/u

/**
 * Continues the trace of the caller's `traceparent`; anything invalid is as if there were none.
 * https://www.w3.org/TR/trace-context/#traceparent-header
 * @param newId so many random bytes, as hexadecimal digits
 * @param share of the traces to keep: all are kept at 1, else those that the caller has sampled or, begun here, by their id
 */
export function continueTrace(traceparent: unknown, newId: (bytes: number) => string, share: number): CallTrace {
  const caller = FORMAT.exec(typeof traceparent === 'string' ? traceparent : '')?.groups
  const traceId = caller?.['traceId'] ?? newId(16)
  const flags = caller?.['flags'] ?? (isTraceSampled(traceId, share) ? '01' : '00')
  const sampled = (Number.parseInt(flags, 16) & 1) === 1
  return {
    ...{traceId, flags},
    spanId: newId(8),
    parentSpanId: caller?.['spanId'] ?? null,
    kept: share >= 1 || sampled,
  }
}

export function traceparentOf({traceId, spanId, flags}: Omit<CallTrace, 'kept'>): string {
  return `00-${traceId}-${spanId}-${flags}`
}

interface FinishedCall {
  tool: ToolName | 'unknown'
  trace: CallTrace
  status: CallStatus
  /** It ran a tool that writes. */
  wrote: boolean
  startedAt: Date
  seconds: number
  error?: unknown
}

/** Calls that are recorded one by one; the metrics count all of them. */
type Kind = 'read' | 'failure'

export interface RecorderDeps extends Pick<Runtime, 'logger' | 'run' | 'spanArchive'> {
  /** Whether one more call of the kind is worth a span and a line in the log. */
  isWorthRecording: (kind: Kind) => boolean
}

/**
 * Records calls as spans and lines in the log. Each call has the caller's trace or one of its own, while the process's tracer has one
 * for the whole life of the server. Calls that wrote are all recorded; of reads and failures so many that an agent that runs wild
 * fills neither log nor store, and the next that is recorded says how many were left out. A call does not fail because its span
 * cannot be stored.
 */
export function createCallRecorder(deps: RecorderDeps): (call: FinishedCall) => Promise<void> {
  const {run, spanArchive, logger, isWorthRecording} = deps
  const leftOut: Record<Kind, number> = {read: 0, failure: 0}
  return async call => {
    const {tool, status, trace, seconds, wrote} = call
    const kind = status === 'error' ? 'failure' : 'read'
    if (!wrote && !isWorthRecording(kind)) {
      leftOut[kind] += 1
      return
    }
    const before = leftOut[kind] > 0 ? {left_out: leftOut[kind]} : {}
    leftOut[kind] = 0
    logger.info({tool, status, call_trace_id: trace.traceId, seconds, ...before}, 'tool called')
    if (!trace.kept && status !== 'error') return
    await spanArchive
      .add([spanOf(call, run.run_id, before)])
      .catch((error: unknown) => logger.warn({err: error}, 'the span of a call could not be stored'))
  }
}

function spanOf(
  {tool, status, trace, startedAt, seconds, error}: FinishedCall,
  run_id: string,
  before: {left_out?: number},
): SpanRecord {
  const start = BigInt(startedAt.getTime()) * 1_000_000n
  return {
    span_id: trace.spanId,
    trace_id: trace.traceId,
    parent_span_id: trace.parentSpanId,
    name: `mcp:${tool}`,
    kind: 'server',
    start_ns: String(start),
    end_ns: String(start + BigInt(Math.round(seconds * 1e9))),
    started_at: startedAt,
    duration_seconds: seconds,
    status: status === 'ok' ? 'ok' : 'error',
    ...(error instanceof Error && {status_message: error.message}),
    attributes: {tool, outcome: status, ...(!trace.kept && {kept_for: 'error'}), ...before},
    run_id,
    service: 'ep23-mcp',
  }
}
