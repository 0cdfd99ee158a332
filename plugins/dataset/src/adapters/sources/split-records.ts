import {MOST_RECORD_BYTES} from './byte-window.js'

/** One record's bytes, and the line on which it begins, from 1. */
export interface RawRecord {
  line: number
  /** Absent for a record that is longer than any document may be: its bytes were passed over. */
  bytes?: Buffer
}

const [LINE_FEED, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c]
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d])
const BOM = Buffer.from('\uFEFF')
/** Enough to see whether a file's first line ends behind its first brace. */
const HEAD = 64

/**
 * The records of a file that holds one JSON value a line, an array of values, or values printed over several lines each. A
 * damaged or endless record ends where its line does, or where its brackets say; the next one is read again. Memory holds one
 * record.
 */
export async function* splitRecords(pieces: AsyncIterable<Buffer>): AsyncGenerator<RawRecord> {
  let splitter: Splitter | undefined
  let head: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (splitter) yield* splitter.push(piece)
    else {
      head = Buffer.concat([head, piece])
      splitter = splitterFor(head, HEAD)
      if (splitter) yield* splitter.push(withoutBom(head))
    }
  }
  if (splitter === undefined) {
    splitter = splitterFor(head, 0) ?? new LineSplitter()
    yield* splitter.push(withoutBom(head))
  }
  yield* splitter.end()
}

/** Undefined while there are too few bytes to tell. */
function splitterFor(head: Buffer, needed: number): Splitter | undefined {
  const bytes = withoutBom(head)
  const first = bytes.findIndex(byte => !WHITESPACE.has(byte))
  if (first === -1 || bytes.length - first < needed) return undefined
  if (bytes[first] === OPEN_ARRAY) return new BracketSplitter(1)
  const isAlone = /^\{[^\S\n]*\n/u.test(bytes.toString('latin1', first, first + HEAD))
  return isAlone ? new BracketSplitter(0) : new LineSplitter()
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes
}

/** Collects the record at hand; one that grows too long is passed over. */
abstract class Splitter {
  protected line = 1
  #parts: Buffer[] = []
  #length = 0
  #begin: number | undefined

  abstract push(piece: Buffer): Generator<RawRecord>
  abstract end(): Generator<RawRecord>

  protected get isOpen(): boolean {
    return this.#begin !== undefined
  }

  protected open(): void {
    this.#begin = this.line
  }

  protected add(bytes: Buffer): void {
    this.#length += bytes.length
    if (this.#length > MOST_RECORD_BYTES) this.#parts = []
    // The piece is the reader's again afterwards.
    else this.#parts.push(Buffer.from(bytes))
  }

  protected *close(): Generator<RawRecord> {
    const line = this.#begin ?? this.line
    const bytes = this.#length > MOST_RECORD_BYTES ? undefined : Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
    this.#begin = undefined
    if (bytes === undefined) yield {line}
    else if (!bytes.every(byte => WHITESPACE.has(byte))) yield {line, bytes}
  }
}

class LineSplitter extends Splitter {
  *push(piece: Buffer): Generator<RawRecord> {
    let from = 0
    for (let at = piece.indexOf(LINE_FEED); at !== -1; at = piece.indexOf(LINE_FEED, from)) {
      this.add(piece.subarray(from, at))
      yield* this.close()
      this.line += 1
      from = at + 1
    }
    this.add(piece.subarray(from))
  }

  *end(): Generator<RawRecord> {
    yield* this.close()
  }
}

/** Values within `base` brackets: 1 for the elements of an array, 0 for values one after another. */
class BracketSplitter extends Splitter {
  #depth = 0
  #inString = false
  #escaped = false

  constructor(private readonly base: number) {
    super()
  }

  *push(piece: Buffer): Generator<RawRecord> {
    let from = 0
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] as number
      if (this.#beginsRecord(byte)) {
        this.open()
        from = at
      } else if (!this.isOpen && byte === OPEN_ARRAY) this.#depth = this.base
      if (this.isOpen && this.#step(byte)) {
        // A comma or the array's own bracket is no part of the record.
        this.add(piece.subarray(from, byte === CLOSE_OBJECT ? at + 1 : at))
        yield* this.close()
      }
      if (byte === LINE_FEED) this.line += 1
    }
    if (this.isOpen) this.add(piece.subarray(from))
  }

  *end(): Generator<RawRecord> {
    if (this.isOpen) yield* this.close()
  }

  #beginsRecord(byte: number): boolean {
    return !this.isOpen && this.#depth === this.base && !WHITESPACE.has(byte) && byte !== COMMA && byte !== CLOSE_ARRAY
  }

  /** Goes on by one byte of an open record; true where the record ends. */
  #step(byte: number): boolean {
    if (this.#inString) {
      this.#inString = this.#escaped || byte !== QUOTE
      this.#escaped = !this.#escaped && byte === BACKSLASH
      return false
    }
    if (byte === QUOTE) this.#inString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth += 1
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (this.#depth === this.base) return true
      this.#depth -= 1
      return this.#depth === this.base && byte === CLOSE_OBJECT
    } else return byte === COMMA && this.#depth === this.base
    return false
  }
}
