import {FileProblem} from '../records/file-problem.js'
import {boundedRawBytes} from '../records/record-place.js'
import type {ByteWindow} from './byte-window.js'
import {MOST_RECORD_BYTES} from './most-record-bytes.js'

const NEWLINE = 0x0a

/** Whole lines, as many as were read at once. */
export interface LineBlock {
  /** Good until the next block is taken. */
  bytes: Buffer
  /** Number of the first line, from 1. */
  line: number
}

/** Cuts a stream at line ends. The last line needs none. */
export async function* lineBlocks(window: ByteWindow): AsyncGenerator<LineBlock> {
  do {
    const length = window.unread().lastIndexOf(NEWLINE) + 1
    if (length > 0) {
      yield {bytes: window.unread().subarray(0, length), line: window.line}
      window.advanceTo(window.start + length)
    }
    if (window.length > MOST_RECORD_BYTES) throw tooLong(window)
  } while (await window.more())
  if (window.length > 0) yield {bytes: window.unread(), line: window.line}
}

function tooLong(window: ByteWindow): FileProblem {
  const reason = `a line is longer than ${MOST_RECORD_BYTES} bytes`
  return new FileProblem(reason, {line: window.line, raw: boundedRawBytes(window.unread())})
}
