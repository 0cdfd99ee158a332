import type {ByteWindow} from '../bytes/byte-window.js'
import {MOST_RECORD_BYTES} from '../bytes/most-record-bytes.js'
import {FileProblem} from '../records/file-problem.js'
import {boundedRawBytes} from '../records/record-place.js'
import {DEEPEST} from './json-scanner.js'

/** What is wrong with the document at the byte where the window begins. */
export function jsonProblem(window: ByteWindow, what: string): FileProblem {
  const place = {line: window.line, raw: boundedRawBytes(window.unread())}
  return new FileProblem(`${what} (byte ${window.offsetOf(window.start)})`, place)
}

export function endsTooEarly(window: ByteWindow): FileProblem {
  return jsonProblem(window, 'the file is cut short: it ends inside the value that begins here')
}

export function tooLong(window: ByteWindow): FileProblem {
  return jsonProblem(window, `a value is longer than ${MOST_RECORD_BYTES} bytes`)
}

export function tooDeep(window: ByteWindow): FileProblem {
  return jsonProblem(window, `nested deeper than ${DEEPEST} levels`)
}

export function refuseTooLong(window: ByteWindow): void {
  if (window.length > MOST_RECORD_BYTES) throw tooLong(window)
}
