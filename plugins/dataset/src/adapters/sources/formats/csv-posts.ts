import type {SourcePost} from '../../../domain/source-post.js'
import type {ByteWindow} from '../bytes/byte-window.js'
import {decodeUtf8} from '../bytes/decode-utf8.js'
import type {CsvLayout} from '../csv/csv-layout.js'
import {csvRows, type CsvRow} from '../csv/csv-rows.js'
import {headAt} from '../file-head.js'
import {FileProblem} from '../records/file-problem.js'
import {mapRecords, type Skip} from '../records/map-records.js'
import {PostRecords} from '../records/post-record.js'
import type {RecordBatch} from '../records/record-batch.js'
import type {RawRecord} from '../records/record-fields.js'
import {boundedRaw} from '../records/record-place.js'
import {RecordProblem} from '../records/record-problem.js'
import {naiveDates, type SourceFormat} from '../source-format.js'
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
