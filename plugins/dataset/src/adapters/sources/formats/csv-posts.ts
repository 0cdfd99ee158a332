import type {SourcePost} from '../../../domain/posts.js'
import {type ByteWindow, decodeUtf8} from '../byte-window.js'
import {type CsvLayout, headAt} from '../file-head.js'
import {csvRows, type CsvDamage, type CsvRow} from './csv-rows.js'
import {FileProblem, boundedRaw, RecordProblem} from './problems.js'
import {mapRecords, type Skip, type RecordBatch} from './map-records.js'
import {PostRecords} from './post-record.js'
import type {RawRecord} from './record-fields.js'
import {naiveDates, type SourceFormat} from './source-format.js'
import {fourCat} from './collectors.js'
import {message} from '../../../words/words.js'

/** CSV of posts with a header line (comma, semicolon, tab or bar); the columns may have any of the names in field-names.ts. */
export const csvPosts: SourceFormat = {
  name: 'csv',
  title: message('formatCsv'),
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
    yield* mapRecords(dataRows(window, layout), reading, row => toPost(row as CsvRow | CsvDamage, layout, records))
  },
}

async function layoutOf(window: ByteWindow): Promise<CsvLayout> {
  const {csv, text} = await headAt(window)
  if (csv) return csv
  const [header = ''] = text.split(/\r?\n|\r/u, 1)
  throw new FileProblem(message('noDateAndText'), {line: 1, raw: boundedRaw(header)})
}

// The header is the row before record 1. Behind damage nobody can tell how many records there were: rows then have a line alone.
async function* dataRows(window: ByteWindow, {delimiter}: CsvLayout): AsyncGenerator<RecordBatch> {
  let record: number | undefined = 0
  for await (const row of csvRows(window, delimiter)) {
    if ('damage' in row) record = undefined
    if (record !== 0) yield batchOf(row, record)
    if (record !== undefined) record += 1
  }
}

function batchOf(row: CsvRow | CsvDamage, record: number | undefined): RecordBatch {
  const raw = 'damage' in row ? '' : boundedRaw(row.fields.join())
  return {values: [row], place: () => ({...(record !== undefined && {record}), line: row.line, raw})}
}

function toPost(csvRow: CsvRow | CsvDamage, {columns}: CsvLayout, records: PostRecords): SourcePost | Skip {
  if ('damage' in csvRow) throw new RecordProblem(message('invalidCsv', {damage: csvRow.damage}))
  const {fields} = csvRow
  if (fields.length !== columns.length)
    throw new RecordProblem(message('rowHasFields', {fields: fields.length, header: columns.length}))
  const named = columns.map((column, index) => [column, textOf(fields[index], column)] as const)
  const row: RawRecord = Object.fromEntries(named)
  const record = fourCat.wrote(row, {}) ? (fourCat.toRecord?.(row, {}) ?? row) : row
  return typeof record === 'string' ? record : records.toPost(record)
}

// An empty field is an absent one: CSV cannot tell them apart.
function textOf(field: Buffer | undefined, column: string): string | undefined {
  if (field === undefined || field.length === 0) return undefined
  const text = decodeUtf8(field)
  if (text === undefined) throw new RecordProblem(message('columnNotUtf8', {column}))
  return text
}
