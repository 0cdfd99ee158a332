import type {FileTarget} from '../../domain/byte-target.js'
import type {Compression, RecordFile} from '../../domain/manifest/manifest.js'
import {ChunkBuffer} from './chunk-buffer.js'
import {CompressedTarget} from './compressed-target.js'
import {growingSha256} from '../sha256.js'

const CHUNK_BYTES = 256 * 1024
/** A compressor's own end of file, and the blocks that text it cannot compress is wrapped in. */
const END_BYTES = 64

/** One file of lines on its way to disk: gathers them into chunks, hashes, compresses. */
export class LinePart {
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
