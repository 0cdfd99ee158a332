import type {InvalidRecord} from '../../domain/documents/invalid-record.js'
import {ByteWindow} from '../sources/bytes/byte-window.js'
import {openBytes} from '../sources/bytes/open-bytes.js'
import {filesAt} from '../sources/files-at.js'
import {jsonLineRecords} from '../sources/json/json-line-records.js'
import {FileProblem} from '../sources/records/file-problem.js'
import {FileReading} from '../sources/records/file-reading.js'
import {emptyTally} from '../sources/records/source-tally.js'

export interface DocumentLine {
  value: unknown
  /** Refuses the line: an error, or an entry in quarantine. */
  reject(reason: string): void
}

interface DocumentLinesOptions {
  signal: AbortSignal
  onInvalid?: (invalid: InvalidRecord) => void
}

/**
 * Streams ready documents, one JSON value a line, gzipped or not.
 * @throws Ep23Error USAGE (64) for a path that is not there, SOURCE_INVALID (65) with file and line for the first bad line when there is no `onInvalid`
 */
export async function* documentLines(
  path: string,
  {signal, onInvalid}: DocumentLinesOptions,
): AsyncGenerator<DocumentLine> {
  for (const file of await filesAt(path)) yield* linesOfFile(file, {signal, ...(onInvalid && {onInvalid})})
}

async function* linesOfFile(path: string, {signal, onInvalid}: DocumentLinesOptions): AsyncGenerator<DocumentLine> {
  const reading = new FileReading(path, emptyTally(), onInvalid)
  const bytes = openBytes(path, signal)
  try {
    for await (const batch of jsonLineRecords(await ByteWindow.open(bytes), reading))
      for (const [index, value] of batch.values.entries())
        yield {value, reject: reason => reading.reject(batch.place(index), reason)}
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    reading.reject(error.place, error.reason)
  } finally {
    await bytes.return(undefined)
  }
}
