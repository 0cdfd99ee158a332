import {isTraceSampled} from '@ep23/sdk'

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
