import {hash} from 'node:crypto'

import {type Ep23Error, badDataError} from '@ep23/sdk'

import type {Bm25Index} from './bm25-index.js'
import {decodePostings, encodePostings} from './postings-codec.js'

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
  return {
    signature: header.signature,
    ids: JSON.parse(ids!.toString()) as string[],
    hashes: Buffer.from(hashes!),
    lengths: fromLittleEndian(lengths!),
    terms: JSON.parse(terms!.toString()) as string[],
    postings: decodePostings(postings!, header.terms, header.entries),
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
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw refuse('UNREADABLE', `${name} is not a BM25 index of ep23`)
  if (bytes.length < PREFIX_BYTES + CHECKSUM_BYTES) throw refuse('DAMAGED', `${name} is cut short`)
  const version = bytes.readUInt32LE(MAGIC.length)
  if (version !== VERSION)
    throw refuse('VERSION', `${name} has index version ${version}, this program reads version ${VERSION}`)
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  if (!hash('sha256', body, 'buffer').equals(bytes.subarray(-CHECKSUM_BYTES)))
    throw refuse('DAMAGED', `${name} is damaged: its checksum does not fit`)
  return body
}

function refuse(kind: 'UNREADABLE' | 'VERSION' | 'DAMAGED', message: string): Ep23Error {
  return badDataError(`RAG_INDEX_${kind}`, message, ['build the index anew'])
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
