import type {Writable} from 'node:stream'

import type {ExportRecord} from '@ep23/sdk'

import type {Compression, RecordFile} from '../domain/manifest.js'
import type {ByteTarget, RecordSink} from '../domain/ports.js'
import {ChunkBuffer, CompressedTarget} from './byte-targets.js'

const CHUNK_BYTES = 64 * 1024

/** Records as JSON lines into a pipe, which stays open behind them. */
export class PipeSink implements RecordSink {
  readonly #target: ByteTarget
  readonly #chunk = new ChunkBuffer(CHUNK_BYTES)

  constructor(pipe: Writable, compression: Compression) {
    const target = new PipeTarget(pipe)
    this.#target = compression === 'none' ? target : new CompressedTarget(target, compression)
  }

  write(_record: ExportRecord, line: Uint8Array): Promise<void> | undefined {
    return this.#chunk.add(line) ? undefined : this.#passAnd(line)
  }

  async close(): Promise<RecordFile[]> {
    await this.#pass()
    await this.#target.end()
    return []
  }

  async abandon(): Promise<void> {
    await this.#target.abandon()
  }

  async #passAnd(line: Uint8Array): Promise<void> {
    await this.#pass()
    if (!this.#chunk.add(line)) await this.#target.write(line)
  }

  async #pass(): Promise<void> {
    if (this.#chunk.bytes > 0) await this.#target.write(this.#chunk.take())
  }
}

class PipeTarget implements ByteTarget {
  constructor(private readonly pipe: Writable) {}

  // The callback comes when the reader has taken the chunk: a slow reader slows the export instead of filling the memory.
  async write(chunk: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.pipe.write(chunk, error => (error ? reject(error) : resolve()))
    })
  }

  async end(): Promise<void> {
    // stdout is not ours to close.
  }

  async abandon(): Promise<void> {
    // Nor to break.
  }
}
