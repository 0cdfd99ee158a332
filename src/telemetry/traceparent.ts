import {randomBytes} from 'node:crypto'

/** A position in a trace, as the W3C header `traceparent` carries it. */
export interface TraceParent {
  traceId: string
  spanId: string
  /** Whether the caller's trace is recorded; decides only what is sent on, the own store keeps every run. */
  sampled: boolean
}

const FORMAT =
  /^(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<rest>-.*)?$/u

/**
 * Reads a `traceparent`; anything invalid is as if there were none, as the standard demands.
 * https://www.w3.org/TR/trace-context/#traceparent-header (versions after 00 may carry more fields; ff is forbidden).
 */
export function parseTraceparent(header: string | undefined): TraceParent | undefined {
  const {version, traceId, spanId, flags, rest} = FORMAT.exec(header?.trim() ?? '')?.groups ?? {}
  if (!traceId || !spanId || !flags || version === 'ff' || (version === '00' && rest !== undefined)) return undefined
  if (/^0+$/u.test(traceId) || /^0+$/u.test(spanId)) return undefined
  return {traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1}
}

export function formatTraceparent({traceId, spanId, sampled}: TraceParent): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`
}

export function newTraceId(): string {
  return randomId(16)
}

export function newSpanId(): string {
  return randomId(8)
}

// All zeros means "no id" in the standard.
function randomId(bytes: number): string {
  const id = randomBytes(bytes).toString('hex')
  return /^0+$/u.test(id) ? randomId(bytes) : id
}
