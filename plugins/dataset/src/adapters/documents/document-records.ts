import {badDataError} from '@ep23/sdk'

import type {InvalidRecord} from '../../domain/documents/invalid-record.js'
import type {IncomingDocument} from '../../domain/incoming-document.js'
import {decodeUtf8} from '../sources/bytes/decode-utf8.js'
import {MOST_RECORD_BYTES} from '../sources/bytes/most-record-bytes.js'
import {openBytes} from '../sources/bytes/open-bytes.js'
import {filesAt} from '../sources/files-at.js'
import {FileProblem} from '../sources/records/file-problem.js'
import {boundedRaw, boundedRawBytes} from '../sources/records/record-place.js'
import {parseDocumentJson} from './document-json.js'
import {splitRecords, type RawRecord} from './split-records.js'

interface DocumentRecordsOptions {
  signal: AbortSignal
  /** Receives what is refused; without it the first such record is an error. */
  onInvalid?: (invalid: InvalidRecord) => void
}

const CORRECT_IT =
  'Correct the file, or run again with --skip-invalid to leave out what cannot be used and have it listed in a quarantine file.'

/**
 * Streams ready documents of a file, gzipped or not, or of the files of a folder: JSON Lines, a JSON array, or documents
 * printed over several lines, in plain or Extended JSON. A record that cannot be read comes with its problem.
 * @throws Ep23Error USAGE (64) for a path that is not there, SOURCE_INVALID (65) with file and line for the first refused
 * record when there is no `onInvalid`
 */
export async function* documentRecords(
  path: string,
  {signal, onInvalid}: DocumentRecordsOptions,
): AsyncGenerator<IncomingDocument> {
  for (const file of await filesAt(path)) {
    let line = 0
    const rejector = (at: number, raw: string) => (reason: string) => {
      if (!onInvalid) throw badDataError('SOURCE_INVALID', `${file}, line ${at}: ${reason}`, [CORRECT_IT])
      onInvalid({file, line: at, reason, raw})
    }
    const bytes = openBytes(file, signal)
    try {
      for await (const record of splitRecords(bytes)) {
        line = record.line
        yield {...parsed(record), reject: rejector(line, rawOf(record))}
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      yield {value: undefined, problem: error.reason, reject: rejector(line + 1, '')}
    } finally {
      await bytes.return(undefined)
    }
  }
}

function parsed({bytes}: RawRecord): Pick<IncomingDocument, 'value' | 'problem'> {
  if (bytes === undefined) return {value: undefined, problem: `longer than ${MOST_RECORD_BYTES / 2 ** 20} MiB`}
  const text = decodeUtf8(bytes)
  if (text === undefined) return {value: undefined, problem: 'not valid UTF-8'}
  try {
    return {value: parseDocumentJson(text)}
  } catch (error) {
    const reason = (error as SyntaxError).message.replace(/ \(line \d+ column \d+\)$/u, '')
    return {value: undefined, problem: `invalid JSON: ${reason}`}
  }
}

function rawOf({bytes}: RawRecord): string {
  return bytes === undefined ? '' : boundedRaw(boundedRawBytes(bytes))
}
