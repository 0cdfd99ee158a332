import type {SpanRecord} from '@ep23/sdk'

const START = 1_795_408_062_843_000_000n
const idOf = (number: number): string => number.toString(16).padStart(16, '0')

/** Span number `n`, which starts in the nth millisecond and takes one; names its parent by number. */
export function spanOf(number: number, parent: number | null, more: Partial<SpanRecord> = {}): SpanRecord {
  const start = START + BigInt(number) * 1_000_000n
  return {
    span_id: idOf(number),
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    parent_span_id: parent === null ? null : idOf(parent),
    name: `s${number}`,
    kind: 'internal',
    start_ns: String(start),
    end_ns: String(start + 1_000_000n),
    started_at: new Date(Number(start / 1_000_000n)),
    duration_seconds: 0.001,
    status: 'ok',
    attributes: {},
    run_id: 'run-1',
    service: 'ep23-cli',
    ...more,
  }
}
