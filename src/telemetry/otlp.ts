import type {SpanRecord} from '@ep23/sdk'
import {SpanKind, SpanStatusCode, TraceFlags, type HrTime, type SpanContext} from '@opentelemetry/api'
import {OTLPTraceExporter} from '@opentelemetry/exporter-trace-otlp-http'
import {resourceFromAttributes, type Resource} from '@opentelemetry/resources'
import type {ReadableSpan} from '@opentelemetry/sdk-trace-node'

export interface OtlpTarget {
  /** Base URL, as in OTEL_EXPORTER_OTLP_ENDPOINT: `/v1/traces` is added. Headers come from OTEL_EXPORTER_OTLP_HEADERS. */
  endpoint: string
  version: string
  timeoutMs: number
}

// A collector's usual limit for one body is 4 MB; a span takes about 0.5 kB.
const SPANS_PER_REQUEST = 500

const KINDS: Readonly<Record<SpanRecord['kind'], SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}

const STATUS_CODES: Readonly<Record<SpanRecord['status'], SpanStatusCode>> = {
  unset: SpanStatusCode.UNSET,
  ok: SpanStatusCode.OK,
  error: SpanStatusCode.ERROR,
}

/**
 * Sends finished spans to an OpenTelemetry collector as OTLP/JSON over HTTP. This module loads OpenTelemetry (60 ms):
 * import it only when there is an endpoint.
 * @throws the exporter's error when the collector refuses them or does not answer in time
 */
export async function exportSpans(
  spans: readonly SpanRecord[],
  {endpoint, version, timeoutMs}: OtlpTarget,
): Promise<void> {
  const url = `${endpoint.replace(/\/+$/u, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({url, timeoutMillis: timeoutMs})
  const readable = [...Map.groupBy(spans, span => span.service)].flatMap(([service, group]) => {
    const resource = resourceFromAttributes({'service.name': service, 'service.version': version})
    return group.map(span => toReadableSpan(span, {resource, version}))
  })
  try {
    for (let at = 0; at < readable.length; at += SPANS_PER_REQUEST)
      await send(exporter, readable.slice(at, at + SPANS_PER_REQUEST))
  } finally {
    await exporter.shutdown()
  }
}

function send(exporter: OTLPTraceExporter, spans: ReadableSpan[]): Promise<void> {
  return new Promise((resolve, reject) => {
    exporter.export(spans, ({error}) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

/** A stored span as OpenTelemetry's SDK would have recorded it; the exporter groups spans by the resource object. */
function toReadableSpan(span: SpanRecord, {resource, version}: {resource: Resource; version: string}): ReadableSpan {
  const parent = span.parent_span_id === null ? {} : {parentSpanContext: contextOf(span, span.parent_span_id)}
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => contextOf(span, span.span_id),
    ...parent,
    startTime: toHrTime(span.start_ns),
    endTime: toHrTime(span.end_ns),
    duration: toHrTime(String(BigInt(span.end_ns) - BigInt(span.start_ns))),
    ended: true,
    status: {code: STATUS_CODES[span.status], ...(span.status_message && {message: span.status_message})},
    attributes: {...span.attributes, run_id: span.run_id},
    links: [],
    events: [],
    resource,
    instrumentationScope: {name: 'ep23', version},
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

function contextOf({trace_id: traceId}: SpanRecord, spanId: string): SpanContext {
  return {traceId, spanId, traceFlags: TraceFlags.SAMPLED}
}

function toHrTime(nanos: string): HrTime {
  const value = BigInt(nanos)
  return [Number(value / 1_000_000_000n), Number(value % 1_000_000_000n)]
}
