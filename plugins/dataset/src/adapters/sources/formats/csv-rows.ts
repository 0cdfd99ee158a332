import {pipeline, Readable} from 'node:stream'

import {parse, type CsvError, type Info} from 'csv-parse'

import {MOST_RECORD_BYTES, type ByteWindow} from '../byte-window.js'
import {FileProblem} from './problems.js'
import {message} from '../../../words/words.js'
import {type Message, verbatim} from '@ep23/sdk'

export interface CsvRow {
  /** Undecoded, without the quotes. */
  fields: Buffer[]
  /** Line where the row begins, from 1. */
  line: number
}

/** A stretch of lines whose quotes are wrong: what rows there were, nobody can tell. */
export interface CsvDamage {
  damage: Message
  /** Line where the stretch begins, from 1. */
  line: number
}

const DAMAGE: Record<string, Message> = {
  CSV_QUOTE_NOT_CLOSED: message('quoteNotClosed'),
  CSV_INVALID_CLOSING_QUOTE: message('afterQuote'),
  INVALID_OPENING_QUOTE: message('quoteInField'),
}

/**
 * Rows of a CSV file (RFC 4180) with any number of fields; empty lines are left out. Where quotes are wrong, the lines up to the next
 * row that can be told come as damage.
 * @throws FileProblem for a row that is longer than any record may be
 */
export async function* csvRows(window: ByteWindow, delimiter: string): AsyncGenerator<CsvRow | CsvDamage> {
  const lines = new LineCount()
  const errors: RowError[] = []
  const parser = rowParser(
    delimiter,
    boundedCost(error => errors.push(error)),
  )
  let last = 0
  for await (const row of pipeline(Readable.from(unreadBytes(window, lines)), parser, () => undefined)) {
    const {record: fields, info} = row as {record: Buffer[]; info: Info}
    const end = lines.lineOf(info.bytes)
    const line = end - fields.reduce((sum, field) => sum + lineEnds(field).length, 0)
    const before = errors.findIndex(({bytes}) => bytes >= info.bytes)
    const [error] = errors.splice(0, before === -1 ? errors.length : before)
    if (error) yield damageOf(error, last + 1, line - 1)
    yield {fields, line}
    last = end
  }
  if (errors[0]) yield damageOf(errors[0], last + 1, lines.lineOf(Infinity))
}

/** What is remembered of an error: csv-parse's own holds all of its field. */
interface RowError {
  code: string
  bytes: number
}

/** Characters of fields in errors: with each wrong quote csv-parse copies what the field has so far. */
const MOST_COPIED = 4 * 1024 * 1024

function boundedCost(onError: (error: RowError) => void): (error: CsvError) => void {
  let copied = 0
  return error => {
    // csv-parse hangs the place onto the error as loose properties.
    const {bytes, lines, field = ''} = error as unknown as Info & {field?: string}
    copied += field.length
    onError({code: error.code, bytes})
    if (copied > MOST_COPIED)
      throw new FileProblem(message('csvTooOften', {damage: damageNamed(error.code)}), {line: lines, raw: ''})
  }
}

function damageOf({code}: RowError, from: number, to: number): CsvDamage {
  if (code === 'CSV_MAX_RECORD_SIZE')
    throw new FileProblem(message('csvRowTooLong', {bytes: MOST_RECORD_BYTES}), {line: from, raw: ''})
  const damage = damageNamed(code)
  return {damage: to > from ? message('linesLeftOut', {damage, from, to}) : damage, line: from}
}

function damageNamed(code: string): Message {
  return DAMAGE[code] ?? verbatim(code)
}

// csv-parse finds its way back into the file after a "skipped" row, and the rows before it are not lost in its stream.
function rowParser(delimiter: string, onSkip: (error: CsvError) => void): ReturnType<typeof parse> {
  return parse({
    delimiter,
    encoding: null,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip(error) {
      if (error) onSkip(error)
      return undefined
    },
    max_record_size: MOST_RECORD_BYTES,
  })
}

// Copies, because streams keep what they are given and the window uses its buffer again.
async function* unreadBytes(window: ByteWindow, lines: LineCount): AsyncGenerator<Buffer> {
  do {
    if (window.length > 0) {
      const bytes = Buffer.from(window.unread())
      lines.add(bytes)
      yield bytes
    }
    window.moveTo(window.end, 0)
  } while (await window.more())
}

const MOST_PASSED = 10_000

/** Tells the line of a byte; csv-parse counts a CR and LF within quotes as two lines, and none of those that it skips. */
class LineCount {
  /** Offsets behind line ends; those before `#next` were passed by the parser. */
  #ends: number[] = []
  #next = 0
  #length = 0
  #passed = 0
  #endsWithCr = false

  add(bytes: Buffer): void {
    if (this.#endsWithCr && bytes[0] !== LF) this.#ends.push(this.#length)
    for (const end of lineEnds(bytes)) this.#ends.push(this.#length + end)
    this.#length += bytes.length
    this.#endsWithCr = bytes.at(-1) === CR
  }

  /** Line of the byte before this offset, from 1. Offsets must not go down. */
  lineOf(offset: number): number {
    let last: number | undefined
    for (let end = this.#ends[this.#next]; end !== undefined && end <= offset; end = this.#ends[this.#next]) {
      last = end
      this.#next += 1
      this.#passed += 1
    }
    if (this.#next > MOST_PASSED) {
      this.#ends.splice(0, this.#next)
      this.#next = 0
    }
    return last === Math.min(offset, this.#length) ? this.#passed : this.#passed + 1
  }
}

const LF = 0x0a
const CR = 0x0d

/** Offsets behind LF, CR LF and CR; a CR at the very end may be the half of a CR LF and is left out. */
function lineEnds(bytes: Buffer): number[] {
  const ends: number[] = []
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) ends.push(at + 1)
  for (let at = bytes.indexOf(CR); at >= 0 && at < bytes.length - 1; at = bytes.indexOf(CR, at + 1))
    if (bytes[at + 1] !== LF) ends.push(at + 1)
  return ends.sort((a, b) => a - b)
}
