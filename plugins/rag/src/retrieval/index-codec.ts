import {hash} from 'node:crypto'
import {type Ep23Error, badDataError, type Message} from '@ep23/sdk'
import {type Bm25Index, rowBounds, type SparseCounts} from './bm25-index.js'
import {message as say} from '../words/words.js'

const MAGIC = Buffer.from('EP23BM25')
/** Goes up with every change of the layout. */
const VERSION = 1
const CHECKSUM_BYTES = 32
/** Magic, version, length of the header. */
const PREFIX_BYTES = MAGIC.length + 4 + 4

interface Header {
  signature: string
  documents: number
  terms: number
  entries: number
  /** Length of each section in bytes, in their order. */
  sections: number[]
}

/**
 * The index as bytes: `EP23BM25`, version and header length (32-bit, little endian), header (JSON), the sections ids (JSON),
 * hashes, lengths (32-bit), terms (JSON), postings, and the SHA-256 of all that. Equal indexes give equal bytes.
 */
export function encodeIndex(index: Bm25Index): Buffer {
  const sections = [
    Buffer.from(JSON.stringify(index.ids)),
    Buffer.from(index.hashes),
    littleEndian(index.lengths),
    Buffer.from(JSON.stringify(index.terms)),
    encodePostings(index.postings),
  ]
  const header: Header = {
    signature: index.signature,
    documents: index.ids.length,
    terms: index.terms.length,
    entries: index.postings.columns.length,
    sections: sections.map(section => section.length),
  }
  const body = Buffer.concat([...headerBytes(header), ...sections])
  return Buffer.concat([body, hash('sha256', body, 'buffer')])
}

/**
 * @param name of the file, for messages.
 * @throws Ep23Error (65) RAG_INDEX_UNREADABLE when these are not the bytes of an index, RAG_INDEX_VERSION for another layout,
 * RAG_INDEX_DAMAGED when they are cut short or changed. Whether the analyser fits is checked where the index is used.
 */
export function decodeIndex(bytes: Uint8Array, name: string): Bm25Index {
  const body = checkedBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name)
  const headerEnd = PREFIX_BYTES + body.readUInt32LE(PREFIX_BYTES - 4)
  const header = JSON.parse(body.toString('utf8', PREFIX_BYTES, headerEnd)) as Header
  const [ids, hashes, lengths, terms, postings] = cut(body.subarray(headerEnd), header.sections)
  if (!ids || !hashes || !lengths || !terms || !postings) throw refuse('DAMAGED', say('tooFewSections', {name}))
  return {
    signature: header.signature,
    ids: JSON.parse(ids.toString()) as string[],
    hashes: Buffer.from(hashes),
    lengths: fromLittleEndian(lengths),
    terms: JSON.parse(terms.toString()) as string[],
    postings: decodePostings(postings, header.terms, header.entries),
  }
}

function headerBytes(header: Header): Buffer[] {
  const json = Buffer.from(JSON.stringify(header))
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32LE(VERSION, 0)
  numbers.writeUInt32LE(json.length, 4)
  return [MAGIC, numbers, json]
}

function checkedBody(bytes: Buffer, name: string): Buffer {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw refuse('UNREADABLE', say('notIndex', {name}))
  if (bytes.length < PREFIX_BYTES + CHECKSUM_BYTES) throw refuse('DAMAGED', say('cutShort', {name}))
  const version = bytes.readUInt32LE(MAGIC.length)
  if (version !== VERSION) throw refuse('VERSION', say('otherIndexVersion', {name, version, own: VERSION}))
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  if (!hash('sha256', body, 'buffer').equals(bytes.subarray(-CHECKSUM_BYTES)))
    throw refuse('DAMAGED', say('checksumDiffers', {name}))
  return body
}

function refuse(kind: 'UNREADABLE' | 'VERSION' | 'DAMAGED', problem: Message): Ep23Error {
  return badDataError(`RAG_INDEX_${kind}`, problem, [say('buildAgain')])
}

function* cut(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  let start = 0
  for (const length of lengths) yield bytes.subarray(start, (start += length))
}

function littleEndian(values: Uint32Array): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4)
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, i * 4)
  return bytes
}

function fromLittleEndian(bytes: Buffer): Uint32Array {
  return Uint32Array.from({length: bytes.length / 4}, (_, i) => bytes.readUInt32LE(i * 4))
}

/**
 * Postings in few bytes: for each term the number of its documents, then for each document the distance to the one before,
 * doubled; odd when the count is 1, else followed by the count. Most postings take one or two bytes.
 */
export function encodePostings(postings: SparseCounts): Buffer {
  const {starts, columns, counts} = postings
  const writer = new VarintWriter()
  for (let term = 0; term + 1 < starts.length; term++) {
    const {from, to} = rowBounds(postings, term)
    writer.write(to - from)
    let before = 0
    for (let i = from; i < to; i++) {
      const [document, count] = [columns[i] ?? 0, counts[i] ?? 0]
      writer.write((document - before) * 2 + (count === 1 ? 1 : 0))
      if (count !== 1) writer.write(count)
      before = document
    }
  }
  return writer.bytes()
}

/** @param terms and entries: how many there are of each. @throws RangeError for bytes that end too early. */
export function decodePostings(bytes: Uint8Array, terms: number, entries: number): SparseCounts {
  const reader = new VarintReader(bytes)
  const starts = new Uint32Array(terms + 1)
  const columns = new Uint32Array(entries)
  const counts = new Uint32Array(entries)
  let end = 0
  for (let term = 0; term < terms; term++) {
    const start = end
    end += reader.read()
    let before = 0
    for (let i = start; i < end; i++) {
      const coded = reader.read()
      before += coded >>> 1
      columns[i] = before
      counts[i] = coded & 1 ? 1 : reader.read()
    }
    starts[term + 1] = end
  }
  return {starts, columns, counts}
}

/** Writes unsigned whole numbers below 2³² in groups of 7 bits, low ones first: small numbers take one byte (LEB128). */
class VarintWriter {
  #bytes = Buffer.allocUnsafe(65_536)
  #length = 0

  write(value: number): void {
    if (this.#length + 5 > this.#bytes.length) this.#grow()
    let rest = value
    for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80
    this.#bytes[this.#length++] = rest
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2)
    this.#bytes.copy(larger)
    this.#bytes = larger
  }
}

/** Reads what `VarintWriter` wrote. */
class VarintReader {
  readonly #bytes: Uint8Array
  #place = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** @throws RangeError at the end of the bytes. */
  read(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#place++]
      if (byte === undefined) throw new RangeError('the numbers end in the middle of one')
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
  }
}
