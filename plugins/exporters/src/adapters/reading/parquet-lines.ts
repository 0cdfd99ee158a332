import {asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects} from 'hyparquet'

import {canonicalLine} from '../../domain/records/canonical-json.js'
import {parquetDecompressors} from '../sinks/parquet-codecs.js'

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
