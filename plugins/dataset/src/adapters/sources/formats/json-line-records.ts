import {type ByteWindow, decodeUtf8, MOST_RECORD_BYTES} from '../byte-window.js'
import type {FileReading, RecordBatch} from './map-records.js'
import {boundedRaw, FileProblem, boundedRawBytes} from './problems.js'
import {COMMA} from './json-scanner.js'
import {END_OF_FILE, type JsonCursor} from './json-cursor.js'
import {message} from '../../../words/words.js'
import {type Message, errorMessage} from '@ep23/sdk'

const BLANK = /^[ \t\r]*$/u

interface Line {
  line: number
  text: string
  reason?: Message
}

/** One value a line (https://jsonlines.org), blank lines left out. A line that cannot be read is rejected alone. */
export async function* jsonLineRecords(window: ByteWindow, reading: FileReading): AsyncGenerator<RecordBatch> {
  for await (const block of lineBlocks(window)) yield* recordsOf(linesOf(block), reading)
}

// A batch ends before each bad line, so that problems are reported in the order of the file.
function* recordsOf(lines: Line[], reading: FileReading): Generator<RecordBatch> {
  let values: unknown[] = []
  let sound: Line[] = []
  for (const line of lines) {
    const reason = line.reason ?? parseInto(values, line.text)
    if (reason === undefined) sound.push(line)
    else {
      if (sound.length > 0) yield batchOf(values, sound)
      reading.reject(placeOf(line), reason)
      values = []
      sound = []
    }
  }
  if (sound.length > 0) yield batchOf(values, sound)
}

function parseInto(values: unknown[], text: string): Message | undefined {
  try {
    values.push(JSON.parse(text))
    return undefined
  } catch (error) {
    const {message: problem} = error as SyntaxError
    return message('invalidJson', {
      problem: errorMessage(new SyntaxError(problem.replace(/ \(line \d+ column \d+\)$/u, ''))),
    })
  }
}

function linesOf({bytes, line: first}: LineBlock): Line[] {
  const text = decodeUtf8(bytes)
  const lines = text === undefined ? damagedLines(bytes) : text.split('\n').map(each => ({text: each}))
  return lines.map((each, index) => ({...each, line: first + index})).filter(each => !BLANK.test(each.text))
}

// Every byte is one character of latin1, so that lines that are UTF-8 can be told from those that are not.
function damagedLines(bytes: Buffer): Array<Omit<Line, 'line'>> {
  const lines = bytes.toString('latin1').split('\n')
  return lines.map(line => {
    const lineBytes = Buffer.from(line, 'latin1')
    const text = decodeUtf8(lineBytes)
    return text === undefined ? {text: lineBytes.toString('utf8'), reason: message('notUtf8')} : {text}
  })
}

function batchOf(values: unknown[], lines: Line[]): RecordBatch {
  return {values, place: index => placeOf(lines[index])}
}

function placeOf(line: Line | undefined): {line: number; raw: string} {
  return {line: line?.line ?? 0, raw: boundedRaw(line?.text ?? '')}
}

/** JSON documents one after another over several lines each, as printing record after record into a file makes. */
export async function* jsonDocumentRecords(cursor: JsonCursor, reading: FileReading): AsyncGenerator<RecordBatch> {
  for (let record = 1; (await cursor.peek()) !== END_OF_FILE; record++) {
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

const NEWLINE = 0x0a

/** Whole lines, as many as were read at once. */
interface LineBlock {
  /** Good until the next block is taken. */
  bytes: Buffer
  /** Number of the first line, from 1. */
  line: number
}

/** Cuts a stream at line ends. The last line needs none. */
async function* lineBlocks(window: ByteWindow): AsyncGenerator<LineBlock> {
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
  const reason = message('lineTooLong', {bytes: MOST_RECORD_BYTES})
  return new FileProblem(reason, {line: window.line, raw: boundedRawBytes(window.unread())})
}
