import {join} from 'node:path'
import {gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync} from 'node:zlib'

import {badDataError, explainWriteError, usageError, type ExportRecord, type JsonSchemaDocument} from '@ep23/sdk'
import {fileWriter, ParquetWriter, schemaFromColumnData} from 'hyparquet-writer'
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  type Compressors as Decompressors,
} from 'hyparquet'

import {canonicalLine} from '../domain/canonical-json.js'
import {recordsFileName} from '../domain/file-names.js'
import type {Compression, RecordFile} from '../domain/manifest.js'
import type {RecordSink} from '../domain/ports.js'
import {hashFile, growingSha256} from './hashing.js'
import {message} from '../words/words.js'

/** Parquet compresses its pages, not the file. */
const PARQUET_CODECS = {none: 'UNCOMPRESSED', gzip: 'GZIP', zstd: 'ZSTD'} as const satisfies Record<Compression, string>

const parquetCompressors = {
  GZIP: (page: Uint8Array) => gzipSync(page),
  ZSTD: (page: Uint8Array) => zstdCompressSync(page),
}

const parquetDecompressors: Decompressors = {
  GZIP: page => gunzipSync(page),
  ZSTD: page => zstdDecompressSync(page),
}

/** Few enough to hold in memory while their columns are laid out. */
const ROW_GROUP = 1000

interface Column {
  name: string
  type: 'STRING' | 'DOUBLE' | 'BOOLEAN' | 'JSON'
  nullable: boolean
  statistics: boolean
}

interface ParquetOptions {
  folder: string
  stem: string
  compression: Compression
  /** Schema of a record: its fields become the columns, nested ones as JSON. */
  schema: JsonSchemaDocument
}

/** Records as one Parquet file. */
export class ParquetSink implements RecordSink {
  readonly #path: string
  readonly #columns: readonly Column[]
  readonly #names: ReadonlySet<string>
  readonly #writer: ParquetWriter
  readonly #content = growingSha256()
  #rows: ExportRecord[] = []
  #records = 0
  #contentBytes = 0

  constructor({folder, stem, compression, schema}: ParquetOptions) {
    this.#path = join(folder, recordsFileName(stem, {format: 'parquet', compression}))
    this.#columns = columnsOf(schema)
    this.#names = new Set(this.#columns.map(({name}) => name))
    this.#writer = new ParquetWriter({
      writer: explaining(this.#path, () => fileWriter(this.#path)),
      schema: schemaFromColumnData({columnData: this.#columns.map(column => ({...column, data: []}))}),
      codec: PARQUET_CODECS[compression],
      compressors: parquetCompressors,
      createdBy: 'ep23',
    })
  }

  write(record: ExportRecord, line: Uint8Array): Promise<void> | undefined {
    const unknown = Object.keys(record).find(field => !this.#names.has(field))
    if (unknown !== undefined) throw noColumn(record, unknown)
    this.#content.update(line)
    this.#contentBytes += line.byteLength
    this.#records += 1
    this.#rows.push(record)
    return this.#rows.length >= ROW_GROUP ? this.#writeRows() : undefined
  }

  async close(): Promise<RecordFile[]> {
    await this.#writeRows()
    await explaining(this.#path, () => this.#writer.finish())
    const content = {content_bytes: this.#contentBytes, content_sha256: this.#content.hex()}
    return [{...(await hashFile(this.#path)), records: this.#records, ...content}]
  }

  async abandon(): Promise<void> {
    this.#rows = []
  }

  async #writeRows(): Promise<void> {
    const rows = this.#rows as unknown as Record<string, unknown>[]
    this.#rows = []
    if (rows.length === 0) return
    const columnData = this.#columns.map(column => ({...column, data: rows.map(row => row[column.name])}))
    await explaining(this.#path, () => this.#writer.write({columnData, rowGroupSize: ROW_GROUP}))
  }
}

function columnsOf(schema: JsonSchemaDocument): Column[] {
  const {properties, required = []} = schema as {properties?: Record<string, {type?: unknown}>; required?: string[]}
  if (!properties) throw usageError(message('schemaWithoutColumns'), [message('useJsonl')])
  return Object.entries(properties).map(([name, {type}]) => {
    const columnType = columnTypeOf(type)
    return {name, type: columnType, nullable: !required.includes(name), statistics: columnType !== 'JSON'}
  })
}

function columnTypeOf(type: unknown): Column['type'] {
  if (type === 'string') return 'STRING'
  if (type === 'number' || type === 'integer') return 'DOUBLE'
  return type === 'boolean' ? 'BOOLEAN' : 'JSON'
}

function noColumn({sample_id}: ExportRecord, field: string): Error {
  return badDataError('EXPORT_NO_COLUMN', message('fieldNotInSchema', {sample_id, field}), [
    message('nameFieldInSchema'),
  ])
}

// The library writes synchronously as its buffer fills.
function explaining<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explainWriteError(path, error)
  }
}

// The library's own decoder drops a U+FEFF that a text begins with.
const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})
const READING = {
  compressors: parquetDecompressors,
  parsers: {
    stringFromBytes: (bytes?: Uint8Array): unknown => bytes && utf8.decode(bytes),
    jsonFromBytes: (bytes?: Uint8Array): unknown => bytes && JSON.parse(utf8.decode(bytes)),
  },
}

/** The records of a Parquet file as the canonical lines they were made from, row group by row group. */
export async function* parquetLines(path: string): AsyncGenerator<Buffer[]> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const {num_rows: rows} of metadata.row_groups) {
    const rowEnd = rowStart + Number(rows)
    const records = await parquetReadObjects({file, metadata, rowStart, rowEnd, ...READING})
    yield records.map(record => Buffer.from(canonicalLine(withoutNulls(record))))
    rowStart = rowEnd
  }
}

// A column without a value is a field that the record does not have: records hold no nulls.
function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined))
}
