import {pipeline, Readable} from 'node:stream'

import {parse, type CsvError, type Info} from 'csv-parse'

import type {ByteWindow} from '../bytes/byte-window.js'
import {MOST_RECORD_BYTES} from '../bytes/most-record-bytes.js'
import {FileProblem} from '../records/file-problem.js'

export interface CsvRow {
  /** Undecoded, without the quotes. */
  fields: Buffer[]
  /** Line where the row begins, from 1. */
  line: number
}

const DAMAGE: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'something stands between a closing quote and the end of its field',
  INVALID_OPENING_QUOTE: 'a quote stands in a field that does not begin with one',
  CSV_MAX_RECORD_SIZE: `a row is longer than ${MOST_RECORD_BYTES} bytes`,
}

/**
 * Rows of a CSV file (RFC 4180) with any number of fields; empty lines are left out.
 * @throws FileProblem where quotes are wrong, for nobody can tell where the next row begins.
 */
export async function* csvRows(window: ByteWindow, delimiter: string): AsyncGenerator<CsvRow> {
  let damage: CsvError | undefined
  let overcounted = 0
  const parser = rowParser(delimiter).on('skip', (error: CsvError) => (damage ??= error))
  for await (const row of pipeline(Readable.from(unreadBytes(window)), parser, () => undefined)) {
    const {record: fields, info} = row as {record: Buffer[]; info: Info}
    if (damage && info.bytes > infoOf(damage).bytes) break
    // csv-parse counts the CR and the LF within quotes as two lines.
    overcounted += occurrences(fields, '\r')
    yield {fields, line: info.lines - overcounted - occurrences(fields, '\n')}
  }
  if (damage) throw csvProblem(damage, overcounted)
}

// With a bad row "skipped" the rows before it still come; on an error csv-parse drops those that wait in its stream.
function rowParser(delimiter: string): ReturnType<typeof parse> {
  return parse({
    delimiter,
    encoding: null,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MOST_RECORD_BYTES,
  })
}

// Copies, because streams keep what they are given and the window uses its buffer again.
async function* unreadBytes(window: ByteWindow): AsyncGenerator<Buffer> {
  do {
    if (window.length > 0) yield Buffer.from(window.unread())
    window.moveTo(window.end, 0)
  } while (await window.more())
}

function occurrences(fields: Buffer[], text: string): number {
  let count = 0
  for (const field of fields) for (let at = field.indexOf(text); at >= 0; at = field.indexOf(text, at + 1)) count += 1
  return count
}

function csvProblem(damage: CsvError, overcounted: number): FileProblem {
  const {lines} = infoOf(damage)
  return new FileProblem(`invalid CSV: ${DAMAGE[damage.code] ?? damage.code}`, {line: lines - overcounted, raw: ''})
}

// csv-parse hangs the place onto the error as loose properties.
function infoOf(error: CsvError): Info {
  return error as unknown as Info
}
