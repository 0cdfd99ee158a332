import {open, type FileHandle} from 'node:fs/promises'
import {basename} from 'node:path'
import {constants, createGzip, createZstdCompress} from 'node:zlib'

import {Ep23Error, EXIT, explainWriteError} from '@ep23/sdk'

import type {Compression, FileFacts} from '../domain/manifest.js'
import type {ByteTarget, FileTarget} from '../domain/ports.js'
import {growingSha256} from './hashing.js'
import {message} from '../words/words.js'

/** Gathers small pieces into chunks of a size, copied, in one buffer that is used again. */
export class ChunkBuffer {
  readonly #buffer: Buffer
  #used = 0

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size)
  }

  get bytes(): number {
    return this.#used
  }

  /** False when the piece has no room: take the chunk first; a piece that never has room goes by itself. */
  add(piece: Uint8Array): boolean {
    if (this.#used + piece.byteLength > this.#buffer.byteLength) return false
    this.#buffer.set(piece, this.#used)
    this.#used += piece.byteLength
    return true
  }

  /** What was gathered, to be used before the next `add`. */
  take(): Buffer {
    const chunk = this.#buffer.subarray(0, this.#used)
    this.#used = 0
    return chunk
  }
}

type Compressor = ReturnType<typeof createGzip> | ReturnType<typeof createZstdCompress>

/** Byte 9 of a gzip header names the operating system; "unknown" keeps equal data equal everywhere (RFC 1952). */
const GZIP_OS = {offset: 9, unknown: 255}

/** Compresses on the way to `target`, with nothing in the output but the data: no time, no name, no system. */
export class CompressedTarget implements ByteTarget {
  readonly #compressor: Compressor
  readonly #produced: Buffer[] = []
  #failure: Error | undefined
  #produces = 0

  constructor(
    private readonly target: ByteTarget,
    private readonly compression: Exclude<Compression, 'none'>,
  ) {
    this.#compressor = createCompressor(compression)
    this.#compressor.on('data', (chunk: Buffer) => this.#produced.push(this.#withoutSystem(chunk)))
    this.#compressor.on('error', error => (this.#failure = error))
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#settle(done => this.#compressor.write(chunk, done))
  }

  /** Brings out all that was written so far, at the price of a few bytes, so that the target knows its size. */
  async flush(): Promise<void> {
    const kind = this.compression === 'gzip' ? constants.Z_SYNC_FLUSH : constants.ZSTD_e_flush
    await this.#settle(done => this.#compressor.flush(kind, done))
  }

  async end(): Promise<void> {
    await this.#settle(done => this.#compressor.once('end', done).once('error', done).end())
    await this.target.end()
  }

  async abandon(): Promise<void> {
    this.#compressor.destroy()
    await this.target.abandon()
  }

  async #settle(start: (done: () => void) => unknown): Promise<void> {
    await new Promise<void>(resolve => void start(() => resolve()))
    if (this.#failure) throw this.#failure
    for (const chunk of this.#produced.splice(0)) await this.target.write(chunk)
  }

  #withoutSystem(chunk: Buffer): Buffer {
    const at = GZIP_OS.offset - this.#produces
    if (this.compression === 'gzip' && at >= 0 && at < chunk.length) chunk[at] = GZIP_OS.unknown
    this.#produces += chunk.length
    return chunk
  }
}

function createCompressor(compression: Exclude<Compression, 'none'>): Compressor {
  if (compression === 'gzip') return createGzip({level: 6})
  // Node 22.13 and 22.14 lack it.
  if (typeof createZstdCompress === 'function') return createZstdCompress()
  throw new Ep23Error(message('noZstd', {version: process.version}), {
    code: 'EXPORT_NO_ZSTD',
    exit: EXIT.usage,
    suggestions: [message('newerNode'), message('orGzip')],
  })
}

/** A new file, hashed as it is written; whoever puts it in place syncs it. @throws Ep23Error DISK_FULL (75), NOT_WRITABLE (77) */
export async function createHashedFile(path: string): Promise<FileTarget> {
  try {
    return new HashedFile(path, await open(path, 'wx'))
  } catch (error) {
    throw explainWriteError(path, error)
  }
}

class HashedFile implements FileTarget {
  readonly #hash = growingSha256()
  bytes = 0

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  facts(): FileFacts {
    return {name: basename(this.path), bytes: this.bytes, sha256: this.#hash.hex()}
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk)
    this.bytes += chunk.byteLength
    await this.#explained(this.file.writeFile(chunk))
  }

  async end(): Promise<void> {
    await this.#explained(this.file.close())
  }

  async abandon(): Promise<void> {
    await this.file.close()
  }

  async #explained(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (error) {
      throw explainWriteError(this.path, error)
    }
  }
}
