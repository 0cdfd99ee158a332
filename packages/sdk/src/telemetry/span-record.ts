import type {Attributes} from './telemetry.js'

/** A finished span as `ep23_spans` holds it; key: `span_id`. */
export interface SpanRecord {
  span_id: string
  trace_id: string
  /** Null at the root of a trace. */
  parent_span_id: string | null
  name: string
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  /** Nanoseconds since 1970: 19 digits, more than a number holds exactly. */
  start_ns: string
  end_ns: string
  /** The same start to the millisecond, for queries and retention. */
  started_at: Date
  duration_seconds: number
  status: 'unset' | 'ok' | 'error'
  /** What went wrong, without secrets. */
  status_message?: string
  attributes: Attributes
  run_id: string
  service: string
}
