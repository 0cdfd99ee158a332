import type {FileTarget} from '../domain/byte-target.js'
import type {Compression, RecordFile} from '../domain/manifest.js'
import {CompressedTarget} from './compressed-target.js'
import {growingSha256} from './sha256.js'

const CHUNK_BYTES = 256 * 1024
/** A compressor's own end of file, and the blocks that text it cannot compress is wrapped in. */
const END_BYTES = 64

/** One file of lines on its way to disk: gathers them into chunks, hashes, compresses. */
export class LinePart {
  readonly #content = growingSha256()
  readonly #compressed: CompressedTarget | undefined
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
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
    this.#gathered.push(line)
    this.#gatheredBytes += line.byteLength
    this.#lines += 1
    return this.#gatheredBytes >= CHUNK_BYTES ? this.#pass() : undefined
  }

  /** Whether a file of `most` bytes still has room for the line. Compressors are asked only when a bound cannot tell. */
  async hasRoom(line: Uint8Array, most: number): Promise<boolean> {
    if (this.#largestWith(line) <= most) return true
    if (this.#compressed === undefined || this.#unflushed + this.#gatheredBytes === 0) return false
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
    const open = this.#unflushed + this.#gatheredBytes + line.byteLength
    return this.file.bytes + (this.#compressed ? open + Math.ceil(open / 8) + END_BYTES : open)
  }

  async #pass(): Promise<void> {
    if (this.#gatheredBytes === 0) return
    const chunk = Buffer.concat(this.#gathered, this.#gatheredBytes)
    this.#gathered = []
    this.#gatheredBytes = 0
    this.#contentBytes += chunk.byteLength
    this.#unflushed += chunk.byteLength
    this.#content.update(chunk)
    await (this.#compressed ?? this.file).write(chunk)
  }
}
