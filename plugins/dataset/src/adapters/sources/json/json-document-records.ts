import {FileProblem} from '../records/file-problem.js'
import type {FileReading} from '../records/file-reading.js'
import type {RecordBatch} from '../records/record-batch.js'
import {COMMA} from './json-bytes.js'
import {END, type JsonCursor} from './json-cursor.js'

/** JSON documents one after another over several lines each, as printing record after record into a file makes. */
export async function* jsonDocumentRecords(cursor: JsonCursor, reading: FileReading): AsyncGenerator<RecordBatch> {
  for (let record = 1; (await cursor.peek()) !== END; record++) {
    const {line} = cursor.window
    try {
      const value = await cursor.document()
      yield {values: [value], place: () => ({record, line, raw: JSON.stringify(value).slice(0, 200)})}
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      const next = nextDocument(cursor)
      if (next === undefined) throw error
      reading.reject({...error.place, record}, error.reason)
      cursor.window.advanceTo(next)
    }
    await cursor.takeIf(COMMA)
  }
}

// A line that begins with a brace begins the next document: within one, lines are indented.
function nextDocument({window}: JsonCursor): number | undefined {
  const match = /\n\{/u.exec(window.unread().toString('latin1'))
  return match === null ? undefined : window.start + match.index + 1
}
