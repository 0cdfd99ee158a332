import type {ByteWindow} from '../bytes/byte-window.js'
import type {FileReading} from '../records/file-reading.js'
import type {RecordBatch} from '../records/record-batch.js'
import {jsonArrayRecords} from './json-array-records.js'
import {OPEN_ARRAY} from './json-bytes.js'
import {JsonCursor} from './json-cursor.js'
import {jsonLineRecords} from './json-line-records.js'

/** The elements of a JSON array, or else one value a line: programs write the same records either way. */
export async function* jsonRecords(window: ByteWindow, reading: FileReading): AsyncGenerator<RecordBatch> {
  const cursor = new JsonCursor(window)
  if ((await cursor.peek()) === OPEN_ARRAY) yield* wholeArray(cursor, reading)
  else yield* jsonLineRecords(window, reading)
}

/** The elements of an array that is the whole document. */
export async function* wholeArray(cursor: JsonCursor, reading: FileReading): AsyncGenerator<RecordBatch> {
  yield* jsonArrayRecords(cursor, reading)
  await cursor.end()
}
