import {pipeline, Readable} from 'node:stream'

import {parse, type CsvError, type Info} from 'csv-parse'

import type {SourcePost} from '../../../domain/posts.js'
import {type ByteWindow, decodeUtf8, MOST_RECORD_BYTES} from '../byte-window.js'
import {type CsvLayout, headAt} from '../file-head.js'
import {FileProblem, boundedRaw, RecordProblem} from './problems.js'
import {mapRecords, type Skip, type RecordBatch} from './map-records.js'
import {PostRecords} from './post-record.js'
import type {RawRecord} from './record-fields.js'
import {naiveDates, type SourceFormat} from './source-format.js'
import {fourCat} from './collectors.js'

/** CSV of posts with a header line (comma, semicolon, tab or bar); the columns may have any of the names in field-names.ts. */
export const csvPosts: SourceFormat = {
  name: 'csv',
  title: 'CSV of posts with a header line',
  example: 'message_id,date,text',
  clock: 'local',
  recognises: ({csv}) => csv !== undefined,
  async *read({window, reading, zones}) {
    const layout = await layoutOf(window)
    const {tally} = reading
    const records = new PostRecords({
      naive: naiveDates('local', zones, tally),
      onMadeId: () => (tally.madeIds += 1),
    })
    yield* mapRecords(dataRows(window, layout), reading, row => toPost(row as CsvRow, layout, records))
  },
}

async function layoutOf(window: ByteWindow): Promise<CsvLayout> {
  const {csv, text} = await headAt(window)
  if (csv) return csv
  const [header = ''] = text.split(/\r?\n|\r/u, 1)
  throw new FileProblem('the first line names no columns for date and text', {line: 1, raw: boundedRaw(header)})
}

// The header is the row before record 1.
async function* dataRows(window: ByteWindow, {delimiter}: CsvLayout): AsyncGenerator<RecordBatch> {
  let record = 0
  for await (const row of csvRows(window, delimiter)) {
    if (record > 0) yield batchOf(row, record)
    record += 1
  }
}

function batchOf(row: CsvRow, record: number): RecordBatch {
  return {values: [row], place: () => ({record, line: row.line, raw: boundedRaw(row.fields.join())})}
}

function toPost({fields}: CsvRow, {columns}: CsvLayout, records: PostRecords): SourcePost | Skip {
  if (fields.length !== columns.length)
    throw new RecordProblem(`the row has ${fields.length} fields, the header ${columns.length}`)
  const named = columns.map((column, index) => [column, textOf(fields[index], column)] as const)
  const row: RawRecord = Object.fromEntries(named)
  const record = fourCat.wrote(row, {}) ? (fourCat.toRecord?.(row, {}) ?? row) : row
  return typeof record === 'string' ? record : records.toPost(record)
}

// An empty field is an absent one: CSV cannot tell them apart.
function textOf(field: Buffer | undefined, column: string): string | undefined {
  if (field === undefined || field.length === 0) return undefined
  const text = decodeUtf8(field)
  if (text === undefined) throw new RecordProblem(`"${column}" is not valid UTF-8`)
  return text
}

interface CsvRow {
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
async function* csvRows(window: ByteWindow, delimiter: string): AsyncGenerator<CsvRow> {
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
