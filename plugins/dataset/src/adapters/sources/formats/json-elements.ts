import {type ByteWindow, MOST_RECORD_BYTES} from '../byte-window.js'
import type {FileProblem} from './problems.js'
import {
  CLOSE_ARRAY,
  NEWLINE,
  OPEN_ARRAY,
  isWhitespace,
  JsonScanner,
  endsTooEarly,
  jsonProblem,
  tooDeep,
  tooLong,
} from './json-scanner.js'
import type {JsonCursor} from './json-cursor.js'
import {nextRecord} from './record-recovery.js'
import {message} from '../../../words/words.js'
import type {Message} from '@ep23/sdk'

/** A stretch of a JSON file: one array element, or several with the commas between them. Good until the next is taken. */
export interface JsonStretch {
  bytes: Buffer
  /** Offset of the first byte in the (unpacked) file, and its line from 1. */
  offset: number
  line: number
  /** Why its end could not be told by the grammar: it ends where the next record was found. */
  damage?: Message
}

/** The keys of a record of the array, once one was read: how the next is known after damage. */
export interface RecordShape {
  keys?: readonly string[] | undefined
}

/**
 * The elements of the array at the cursor, as many at once as were read. What is in them is not checked. Where an element's
 * end cannot be told (a quote or a bracket too many or too few), the stretch up to the next record comes as damaged.
 * @throws FileProblem where there is no next record.
 */
export async function* jsonElements(cursor: JsonCursor, shape: RecordShape = {}): AsyncGenerator<JsonStretch> {
  await cursor.take(OPEN_ARRAY)
  if (await cursor.takeIf(CLOSE_ARRAY)) return
  for (;;) {
    const problem = yield* soundElements(cursor)
    if (problem === undefined) return
    yield* damagedStretch(cursor.window, shape, problem)
  }
}

// Up to the end of the array, or to where it cannot be told any more.
async function* soundElements(cursor: JsonCursor): AsyncGenerator<JsonStretch, FileProblem | undefined> {
  const {window} = cursor
  const scanner = new JsonScanner(false)
  let scanned = 0
  do {
    const stop = scanner.scan(window.bytes.subarray(0, window.end), window.start + scanned)
    if (scanner.stop === 'depth') return tooDeep(window)
    if (scanner.stop === 'close') {
      yield* stretchTo(window, stop, scanner.newlinesToComma + scanner.newlines)
      return (await cursor.takeIf(CLOSE_ARRAY)) ? undefined : jsonProblem(window, message('noBracket'))
    }
    if (scanner.comma >= 0) {
      yield* stretchTo(window, scanner.comma, scanner.newlinesToComma)
      window.moveTo(scanner.comma + 1, 0)
    }
    scanned = window.length
    if (scanned > MOST_RECORD_BYTES) return tooLong(window)
  } while (await window.more())
  return endsTooEarly(window)
}

async function* damagedStretch(
  window: ByteWindow,
  {keys}: RecordShape,
  problem: FileProblem,
): AsyncGenerator<JsonStretch> {
  const begin = await nextBeginning(window, keys)
  if (begin === undefined) throw problem
  const {start, line} = window
  yield {bytes: window.bytes.subarray(start, begin), offset: window.offsetOf(start), line, damage: problem.reason}
  window.advanceTo(begin)
}

const NEAR = 1024 * 1024

async function nextBeginning(window: ByteWindow, reference: RecordShape['keys']): Promise<number | undefined> {
  for (const room of [NEAR, MOST_RECORD_BYTES]) {
    let isLast = false
    while (!isLast && window.length < room) isLast = !(await window.more())
    const found = nextRecord(window.unread(), reference)
    if (found) return window.start + found.begin
    if (isLast) return undefined
  }
  return undefined
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
