/** Where a call stands in its trace. */
export interface CallTrace {
  traceId: string
  spanId: string
  /** The caller's span; null when the call begins a trace. */
  parentSpanId: string | null
  flags: string
}

const FORMAT =
  /^(?!ff)[\da-f]{2}-(?!0{32})(?<traceId>[\da-f]{32})-(?!0{16})(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})$/u

/**
 * Continues the trace of the caller's `traceparent`; anything invalid is as if there were none.
 * https://www.w3.org/TR/trace-context/#traceparent-header
 * @param newId so many random bytes, as hexadecimal digits
 */
export function continueTrace(traceparent: unknown, newId: (bytes: number) => string): CallTrace {
  const caller = FORMAT.exec(typeof traceparent === 'string' ? traceparent : '')?.groups
  return {
    traceId: caller?.['traceId'] ?? newId(16),
    spanId: newId(8),
    parentSpanId: caller?.['spanId'] ?? null,
    flags: caller?.['flags'] ?? '01',
  }
}

export function traceparentOf({traceId, spanId, flags}: CallTrace): string {
  return `00-${traceId}-${spanId}-${flags}`
}
