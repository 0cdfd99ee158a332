import {interruptedError, type ExportReader, type ExportRecord} from '@ep23/sdk'

import {canonicalLine} from '../domain/canonical-json.js'
import type {ExportRequest, StoreRegistration} from '../domain/export-request.js'
import type {Finding} from '../domain/finding.js'
import type {RecordSink, Advance, RunPorts} from '../domain/ports.js'
import {LineEncoder, type ManifestBuilder} from './manifest-builder.js'
import type {RecordValidator} from './record-validator.js'
import {message} from '../words/words.js'

interface WriteDeps extends Pick<RunPorts, 'signal'> {
  reader: ExportReader
  sink: RecordSink
  /** Absent for a pipe, which has no companions. */
  manifest?: ManifestBuilder
  validate: RecordValidator
  advance: Advance
  /** Told of every record that is not as it should be; may throw to stop. */
  onFinding(finding: Finding): void
}

/** Records between two looks at the clock and the signal. */
const STRIDE = 256

/**
 * Streams an exporter's records into a sink, checked, hashed and counted as they are written. Memory stays flat.
 * @returns how many records were written
 * @throws Ep23Error of the exporter, the store or the sink; INTERRUPTED (130)
 */
export async function writeStoreRecords(
  deps: WriteDeps,
  {resolved}: ExportRequest,
  {exporter}: StoreRegistration,
): Promise<number> {
  const limit = resolved.facts.limit ?? Infinity
  const encoder = new LineEncoder()
  let written = 0
  for await (const record of deps.reader.records(resolved.query)) {
    if (written >= limit) break
    written += 1
    const waiting = writeRecord(deps, encoder, record, {exporter: exporter.name, line: written})
    if (waiting) await waiting
    if (written % STRIDE === 0) {
      deps.advance(written)
      if (deps.signal.aborted) throw interruptedError(message('nothingInPlace'))
    }
  }
  deps.advance(written)
  return written
}

function writeRecord(
  deps: WriteDeps,
  encoder: LineEncoder,
  record: ExportRecord,
  {exporter, line}: {exporter: string; line: number},
): Promise<void> | undefined {
  const place = {exporter, line, sample_id: record.sample_id}
  for (const problem of deps.validate(record)) deps.onFinding({rule: 'schema', ...place, ...problem})
  const bytes = encoder.encode(lineOf(record, exporter))
  const entry = deps.manifest?.add(record, bytes.subarray(0, -1))
  if (entry?.misplaced) deps.onFinding({rule: 'order', ...place, message: entry.misplaced})
  // One write after the other: when one fails, no other is under way that nobody waits for.
  const note = (): Promise<void> | undefined => entry && deps.manifest?.writeLeaf(record, entry)
  const written = deps.sink.write(record, bytes)
  return written ? written.then(note) : note()
}

function lineOf(record: ExportRecord, exporter: string): string {
  try {
    return canonicalLine(record)
  } catch (error) {
    throw new Error(`${exporter} ${record.sample_id} cannot be written as JSON: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
