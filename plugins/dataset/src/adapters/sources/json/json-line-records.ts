import type {ByteWindow} from '../bytes/byte-window.js'
import {decodeUtf8} from '../bytes/decode-utf8.js'
import {lineBlocks, type LineBlock} from '../bytes/line-blocks.js'
import type {FileReading} from '../records/file-reading.js'
import type {RecordBatch} from '../records/record-batch.js'
import {boundedRaw} from '../records/record-place.js'

const BLANK = /^[ \t\r]*$/u

interface Line {
  line: number
  text: string
  reason?: string
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

function parseInto(values: unknown[], text: string): string | undefined {
  try {
    values.push(JSON.parse(text))
    return undefined
  } catch (error) {
    return `invalid JSON: ${(error as SyntaxError).message.replace(/ \(line \d+ column \d+\)$/u, '')}`
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
    return text === undefined ? {text: lineBytes.toString('utf8'), reason: 'not valid UTF-8'} : {text}
  })
}

function batchOf(values: unknown[], lines: Line[]): RecordBatch {
  return {values, place: index => placeOf(lines[index])}
}

function placeOf(line: Line | undefined): {line: number; raw: string} {
  return {line: line?.line ?? 0, raw: boundedRaw(line?.text ?? '')}
}
