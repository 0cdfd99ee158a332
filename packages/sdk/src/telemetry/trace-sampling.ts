const TRACE_IDS = 0xffffffff

/**
 * Whether a trace is among the sampled share: decided by its id alone, so that all processes of a trace agree without
 * asking each other. As OpenTelemetry's TraceIdRatioBased sampler of its JavaScript SDK: the four words of the id, combined
 * by exclusive or, lie below the share of all words.
 * https://opentelemetry.io/docs/specs/otel/trace/sdk/#traceidratiobased
 * @param traceId 32 hexadecimal digits
 * @param share 0 for none, 1 for all
 */
export function isTraceSampled(traceId: string, share: number): boolean {
  if (share >= 1) return true
  const words = traceId.match(/.{8}/gu) ?? []
  const combined = words.reduce((result, word) => (result ^ Number.parseInt(word, 16)) >>> 0, 0)
  return combined < Math.floor(share * TRACE_IDS)
}
