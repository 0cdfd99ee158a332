import type {ByteWindow} from '../bytes/byte-window.js'
import {CLOSE_ARRAY, OPEN_ARRAY, isWhitespace, NEWLINE} from './json-bytes.js'
import type {JsonCursor} from './json-cursor.js'
import {endsTooEarly, refuseTooLong} from './json-problem.js'
import {JsonScanner} from './json-scanner.js'
import {scanWindow} from './scan-window.js'

/** A stretch of a JSON file: one array element, or several with the commas between them. Good until the next is taken. */
export interface JsonStretch {
  bytes: Buffer
  /** Offset of the first byte in the (unpacked) file, and its line from 1. */
  offset: number
  line: number
}

/** The elements of the array at the cursor, as many at once as were read. What is in them is not checked. */
export async function* jsonElements(cursor: JsonCursor): AsyncGenerator<JsonStretch> {
  const {window} = cursor
  await cursor.take(OPEN_ARRAY)
  if (await cursor.takeIf(CLOSE_ARRAY)) return
  const scanner = new JsonScanner(false)
  let scanned = 0
  do {
    const stop = scanWindow(window, scanner, scanned)
    if (scanner.stop === 'close') {
      yield* stretchTo(window, stop, scanner.newlinesToComma + scanner.newlines)
      await cursor.take(CLOSE_ARRAY)
      return
    }
    if (scanner.comma >= 0) {
      yield* stretchTo(window, scanner.comma, scanner.newlinesToComma)
      window.moveTo(scanner.comma + 1, 0)
    }
    scanned = window.length
    refuseTooLong(window)
  } while (await window.more())
  throw endsTooEarly(window)
}

/** Takes a stretch of several elements apart. */
export function splitElements({bytes, offset, line}: JsonStretch): JsonStretch[] {
  const elements: JsonStretch[] = []
  const scanner = new JsonScanner(true)
  let start = 0
  let at = line
  do {
    const stop = scanner.scan(bytes, start)
    elements.push(withoutLeadingSpace(bytes.subarray(start, stop), offset + start, at))
    at += scanner.newlinesToComma
    start = stop + 1
  } while (scanner.stop === 'comma')
  return elements
}

function* stretchTo(window: ByteWindow, end: number, newlines: number): Generator<JsonStretch> {
  const {start, line} = window
  yield {bytes: window.bytes.subarray(start, end), offset: window.offsetOf(start), line}
  window.moveTo(end, newlines)
}

function withoutLeadingSpace(bytes: Buffer, offset: number, line: number): JsonStretch {
  let space = 0
  let newlines = 0
  for (; space < bytes.length && isWhitespace(bytes[space]); space++) if (bytes[space] === NEWLINE) newlines++
  return {bytes: bytes.subarray(space), offset: offset + space, line: line + newlines}
}
