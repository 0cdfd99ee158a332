import type {Attributes, SpanRecord} from '@ep23/sdk'
import {HttpRefusal} from '@ep23/http'

import {listOf, objectOf, textOf, type JsonObject} from './json-shape.js'

interface ReceivedSpans {
  spans: SpanRecord[]
  /** Spans that say too little, or the wrong thing, to be stored. */
  rejected: number
  /** What was wrong with the last of them. */
  problem: string
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const
const STATUSES = ['unset', 'ok', 'error'] as const
const LATEST_NANOS = 2n ** 63n

/**
 * The spans of an OTLP/JSON export request: ids in hexadecimal, 64-bit numbers as texts, enumerations as numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 * @throws HttpRefusal 400 when it is no such request
 */
export function receivedSpans(request: unknown): ReceivedSpans {
  const {resourceSpans} = objectOf(request)
  if (!Array.isArray(resourceSpans))
    throw new HttpRefusal('not an OTLP/JSON trace request: resourceSpans is missing', {
      status: 400,
      reason: 'malformed',
    })
  const received: ReceivedSpans = {spans: [], rejected: 0, problem: ''}
  for (const group of resourceSpans.map(objectOf)) {
    const service = textOf(attributesOf(objectOf(group['resource']))['service.name']) ?? 'unknown_service'
    for (const scope of listOf(group['scopeSpans']).map(objectOf))
      for (const span of listOf(scope['spans'])) take(received, objectOf(span), service)
  }
  return received
}

function take(received: ReceivedSpans, span: JsonObject, service: string): void {
  const problem = problemOf(span)
  if (problem === undefined) received.spans.push(toRecord(span, service))
  else Object.assign(received, {rejected: received.rejected + 1, problem})
}

function problemOf(span: JsonObject): string | undefined {
  if (!isId(span['traceId'], 32)) return 'traceId is not 32 hexadecimal digits'
  if (!isId(span['spanId'], 16)) return 'spanId is not 16 hexadecimal digits'
  if (span['parentSpanId'] && !isId(span['parentSpanId'], 16)) return 'parentSpanId is not 16 hexadecimal digits'
  if (!span['name'] || typeof span['name'] !== 'string') return 'name is missing'
  const [start, end] = [nanosOf(span['startTimeUnixNano']), nanosOf(span['endTimeUnixNano'])]
  if (start === undefined || end === undefined) return 'startTimeUnixNano and endTimeUnixNano are not both nanoseconds'
  return end < start ? 'the span ends before it starts' : undefined
}

function toRecord(span: JsonObject, service: string): SpanRecord {
  const [start = 0n, end = 0n] = [nanosOf(span['startTimeUnixNano']), nanosOf(span['endTimeUnixNano'])]
  const {run_id, ...attributes} = attributesOf(span)
  const status = objectOf(span['status'])
  const message = textOf(status['message'])
  return {
    span_id: String(span['spanId']).toLowerCase(),
    trace_id: String(span['traceId']).toLowerCase(),
    parent_span_id: textOf(span['parentSpanId'])?.toLowerCase() || null,
    name: String(span['name']),
    kind: KINDS[Number(span['kind'])] ?? 'internal',
    start_ns: String(start),
    end_ns: String(end),
    started_at: new Date(Number(start / 1_000_000n)),
    duration_seconds: Number(end - start) / 1e9,
    status: STATUSES[Number(status['code'])] ?? 'unset',
    ...(message && {status_message: message}),
    attributes,
    run_id: String(run_id ?? ''),
    service,
  }
}

function attributesOf({attributes}: JsonObject): Attributes {
  const entries = listOf(attributes).map(objectOf)
  return Object.fromEntries(
    entries.flatMap(({key, value}) => {
      const plain = plainValue(objectOf(value))
      return typeof key === 'string' && plain !== undefined ? [[key, plain]] : []
    }),
  )
}

// Lists and nested values are kept as their JSON text: attributes in the store are plain.
function plainValue(value: JsonObject): Attributes[string] | undefined {
  const {stringValue, boolValue, intValue, doubleValue, ...nested} = value
  if (typeof stringValue === 'string') return stringValue
  if (typeof boolValue === 'boolean') return boolValue
  const number = intValue ?? doubleValue
  if (typeof number === 'number' || typeof number === 'string') return Number(number)
  return Object.keys(nested).length > 0 ? JSON.stringify(nested) : undefined
}

// All zeros means "no id".
function isId(value: unknown, digits: number): boolean {
  return typeof value === 'string' && value.length === digits && /^[\da-f]+$/iu.test(value) && !/^0+$/u.test(value)
}

function nanosOf(value: unknown): bigint | undefined {
  const digits = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof digits !== 'string' || !/^\d{1,19}$/u.test(digits)) return undefined
  const nanos = BigInt(digits)
  return nanos < LATEST_NANOS ? nanos : undefined
}
