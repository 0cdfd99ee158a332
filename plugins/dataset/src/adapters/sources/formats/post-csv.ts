import type {SourcePost} from '../../../domain/source-post.js'
import type {ByteWindow} from '../bytes/byte-window.js'
import {decodeUtf8} from '../bytes/decode-utf8.js'
import {csvLayout, type CsvLayout} from '../csv/csv-layout.js'
import {csvRows, type CsvRow} from '../csv/csv-rows.js'
import {FileProblem} from '../records/file-problem.js'
import {mapRecords, type Skip} from '../records/map-records.js'
import {PostRecords} from '../records/post-record.js'
import type {RecordBatch} from '../records/record-batch.js'
import {boundedRaw} from '../records/record-place.js'
import {RecordProblem} from '../records/record-problem.js'
import type {SourceFormat} from '../source-format.js'

const LONGEST_HEADER = 64 * 1024

/** CSV of posts with a header line (comma, semicolon or tab); the columns may have any of the names in post-record.ts. */
export const postCsv: SourceFormat = {
  name: 'csv',
  title: 'CSV of posts',
  async *read({window, reading, zone}) {
    const layout = await layoutOf(window)
    const records = new PostRecords(zone)
    yield* mapRecords(dataRows(window, layout), reading, row => toPost(row as CsvRow, layout, records))
  },
}

async function layoutOf(window: ByteWindow): Promise<CsvLayout> {
  while (!window.unread().includes('\n') && window.length < LONGEST_HEADER && (await window.more()));
  const [header = ''] = window
    .unread()
    .toString('utf8', 0, LONGEST_HEADER)
    .split(/\r?\n|\r/u, 1)
  const layout = csvLayout(header)
  if (layout) return layout
  throw new FileProblem('the first line names no columns for id, date and text', {line: 1, raw: boundedRaw(header)})
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
  return records.toPost(Object.fromEntries(named))
}

// An empty field is an absent one: CSV cannot tell them apart.
function textOf(field: Buffer | undefined, column: string): string | undefined {
  if (field === undefined || field.length === 0) return undefined
  const text = decodeUtf8(field)
  if (text === undefined) throw new RecordProblem(`"${column}" is not valid UTF-8`)
  return text
}
