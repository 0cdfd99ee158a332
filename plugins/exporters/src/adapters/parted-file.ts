import {join} from 'node:path'

import {badDataError, type ExportRecord, type Message} from '@ep23/sdk'

import {recordsFileName} from '../domain/file-names.js'
import type {Compression, RecordFile} from '../domain/manifest.js'
import type {FileTarget, RecordSink} from '../domain/ports.js'
import {createHashedFile, ChunkBuffer, CompressedTarget} from './byte-targets.js'
import {growingSha256} from './hashing.js'
import {message} from '../words/words.js'

interface PartedFileOptions {
  folder: string
  /** File name of the whole, or of a part by its number from 1. */
  nameOf: (part?: number) => string
  compression: Compression
  /** Largest part in bytes, as it lies on disk; without it there is one file. */
  split?: number | undefined
}

/** Lines in one file, or in parts of a size that end with a line. */
export class PartedFile {
  readonly #closed: RecordFile[] = []
  #part: LinePart | undefined

  constructor(private readonly options: PartedFileOptions) {}

  /**
   * @param line with its line feed
   * @param describe names the line, should it not fit into any part
   * @returns a promise when the caller is to wait
   */
  add(line: Uint8Array, describe: () => Message): Promise<void> | undefined {
    if (this.#part && this.options.split === undefined) return this.#part.add(line)
    return this.#addWithinParts(line, describe)
  }

  async close(): Promise<RecordFile[]> {
    const files = [...this.#closed, ...(this.#part ? [await this.#part.close()] : [])]
    this.#part = undefined
    return files
  }

  async abandon(): Promise<void> {
    await this.#part?.abandon()
  }

  async #addWithinParts(line: Uint8Array, describe: () => Message): Promise<void> {
    const {split = Infinity} = this.options
    this.#part ??= await this.#open()
    if (!(await this.#part.hasRoom(line, split)) && this.#part.lines > 0) {
      this.#closed.push(await this.#part.close())
      this.#part = await this.#open()
    }
    await this.#part.add(line)
    if (this.#part.lines === 1 && !(await this.#part.hasRoom(Buffer.alloc(0), split)))
      throw tooLarge(describe(), line.byteLength, split)
  }

  async #open(): Promise<LinePart> {
    const {folder, nameOf, compression, split} = this.options
    const name = split === undefined ? nameOf() : nameOf(this.#closed.length + 1)
    return new LinePart(await createHashedFile(join(folder, name)), compression)
  }
}

function tooLarge(what: Message, bytes: number, split: number): Error {
  return badDataError('EXPORT_LINE_TOO_LARGE', message('partTooSmall', {what, bytes, split}), [
    message('allowLargerParts'),
  ])
}

const CHUNK_BYTES = 256 * 1024
/** A compressor's own end of file, and the blocks that text it cannot compress is wrapped in. */
const END_BYTES = 64

/** One file of lines on its way to disk: gathers them into chunks, hashes, compresses. */
class LinePart {
  readonly #content = growingSha256()
  readonly #compressed: CompressedTarget | undefined
  readonly #chunk = new ChunkBuffer(CHUNK_BYTES)
  #contentBytes = 0
  // Content that the compressor may still hold back.
  #unflushed = 0
  #lines = 0

  constructor(
    private readonly file: FileTarget,
    compression: Compression,
  ) {
    this.#compressed = compression === 'none' ? undefined : new CompressedTarget(file, compression)
  }

  get lines(): number {
    return this.#lines
  }

  add(line: Uint8Array): Promise<void> | undefined {
    this.#lines += 1
    return this.#chunk.add(line) ? undefined : this.#passAnd(line)
  }

  /** Whether a file of `most` bytes still has room for the line. Compressors are asked only when a bound cannot tell. */
  async hasRoom(line: Uint8Array, most: number): Promise<boolean> {
    if (this.#largestWith(line) <= most) return true
    if (this.#compressed === undefined || this.#unflushed + this.#chunk.bytes === 0) return false
    await this.#pass()
    await this.#compressed.flush()
    this.#unflushed = 0
    return this.#largestWith(line) <= most
  }

  async close(): Promise<RecordFile> {
    await this.#pass()
    await (this.#compressed ?? this.file).end()
    const content = {content_bytes: this.#contentBytes, content_sha256: this.#content.hex()}
    return {...this.file.facts(), records: this.#lines, ...content}
  }

  async abandon(): Promise<void> {
    await (this.#compressed ?? this.file).abandon()
  }

  #largestWith(line: Uint8Array): number {
    const open = this.#unflushed + this.#chunk.bytes + line.byteLength
    return this.file.bytes + (this.#compressed ? open + Math.ceil(open / 8) + END_BYTES : open)
  }

  async #passAnd(line: Uint8Array): Promise<void> {
    await this.#pass()
    if (!this.#chunk.add(line)) await this.#write(line)
  }

  async #pass(): Promise<void> {
    if (this.#chunk.bytes > 0) await this.#write(this.#chunk.take())
  }

  async #write(chunk: Uint8Array): Promise<void> {
    this.#contentBytes += chunk.byteLength
    this.#unflushed += chunk.byteLength
    this.#content.update(chunk)
    await (this.#compressed ?? this.file).write(chunk)
  }
}

interface JsonLinesOptions {
  folder: string
  /** File name without endings. */
  stem: string
  compression: Compression
  /** Largest part in bytes, as it lies on disk; without it there is one file. */
  split?: number | undefined
}

/** Records as JSON lines in one file or in parts of a size. */
export class JsonLinesSink implements RecordSink {
  readonly #file: PartedFile

  constructor({stem, ...options}: JsonLinesOptions) {
    const {compression} = options
    this.#file = new PartedFile({
      ...options,
      nameOf: part => recordsFileName(stem, {format: 'jsonl', compression}, part),
    })
  }

  write({sample_id}: ExportRecord, line: Uint8Array): Promise<void> | undefined {
    return this.#file.add(line, () => message('recordOf', {sample_id}))
  }

  close(): Promise<RecordFile[]> {
    return this.#file.close()
  }

  abandon(): Promise<void> {
    return this.#file.abandon()
  }
}
