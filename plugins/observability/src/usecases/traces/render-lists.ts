import {printableLine} from '@ep23/sdk'

import {formatSeconds} from '../../domain/format-seconds.js'
import type {TraceSummary} from './list-traces.js'
import type {SlowSpan} from './slow-spans.js'

const NOTHING = ['No spans are stored; every command that does work stores its own.']

export function renderTraces(traces: readonly TraceSummary[]): string[] {
  if (traces.length === 0) return NOTHING
  const rows = traces.map(({trace_id, started_at, seconds, name, spans, errors, services}) => [
    trace_id,
    started_at,
    formatSeconds(seconds),
    printableLine(name),
    `${spans} spans`,
    errors > 0 ? `${errors} failed` : '',
    services.map(printableLine).join(', '),
  ])
  return aligned(rows)
}

export function renderSlow(spans: readonly SlowSpan[]): string[] {
  if (spans.length === 0) return NOTHING
  return aligned(
    spans.map(({seconds, name, service, started_at, trace_id, status}) => [
      formatSeconds(seconds),
      printableLine(name),
      printableLine(service),
      started_at,
      trace_id,
      status === 'error' ? 'failed' : '',
    ]),
  )
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
