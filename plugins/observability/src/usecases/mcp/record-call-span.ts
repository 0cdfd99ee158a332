import type {Runtime, SpanRecord} from '@ep23/sdk'

import type {CallTrace} from '../../domain/mcp/call-trace.js'
import type {CallStatus, ToolName} from '../../domain/mcp/tool-names.js'

interface FinishedCall {
  tool: ToolName | 'unknown'
  trace: CallTrace
  status: CallStatus
  startedAt: Date
  seconds: number
  error?: unknown
}

/**
 * Stores the span of a call. Each call has the caller's trace or one of its own, while the process's tracer has one for
 * the whole life of the server. A call does not fail because its span cannot be stored.
 */
export async function recordCallSpan(
  {run, spanArchive, logger}: Pick<Runtime, 'logger' | 'run' | 'spanArchive'>,
  call: FinishedCall,
): Promise<void> {
  const {tool, status, trace, seconds} = call
  logger.info({tool, status, call_trace_id: trace.traceId, seconds}, 'tool called')
  if (!trace.kept && status !== 'error') return
  await spanArchive
    .add([spanOf(call, run.run_id)])
    .catch((error: unknown) => logger.warn({err: error}, 'the span of a call could not be stored'))
}

function spanOf({tool, status, trace, startedAt, seconds, error}: FinishedCall, run_id: string): SpanRecord {
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
    attributes: {tool, outcome: status, ...(!trace.kept && {kept_for: 'error'})},
    run_id,
    service: 'ep23-mcp',
  }
}
