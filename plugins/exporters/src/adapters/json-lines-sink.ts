import {join} from 'node:path'

import {badDataError, type ExportRecord} from '@ep23/sdk'

import {recordsFileName} from '../domain/file-names.js'
import type {Compression, RecordFile} from '../domain/manifest.js'
import type {RecordSink} from '../domain/record-sink.js'
import {createHashedFile} from './hashed-file.js'
import {LinePart} from './line-part.js'

export interface JsonLinesOptions {
  folder: string
  /** File name without endings. */
  stem: string
  compression: Compression
  /** Largest part in bytes, as it lies on disk; without it there is one file. */
  split?: number | undefined
}

/** Records as JSON lines in one file or in parts of a size. */
export class JsonLinesSink implements RecordSink {
  readonly #closed: RecordFile[] = []
  #part: LinePart | undefined

  constructor(private readonly options: JsonLinesOptions) {}

  write({sample_id}: ExportRecord, line: Uint8Array): Promise<void> | undefined {
    if (this.#part && this.options.split === undefined) return this.#part.add(line)
    return this.#writeWithinParts(sample_id, line)
  }

  async close(): Promise<RecordFile[]> {
    const files = [...this.#closed, ...(this.#part ? [await this.#part.close()] : [])]
    this.#part = undefined
    return files
  }

  async abandon(): Promise<void> {
    await this.#part?.abandon()
  }

  async #writeWithinParts(id: string, line: Uint8Array): Promise<void> {
    const {split = Infinity} = this.options
    this.#part ??= await this.#open()
    if (!(await this.#part.hasRoom(line, split)) && this.#part.lines > 0) {
      this.#closed.push(await this.#part.close())
      this.#part = await this.#open()
    }
    await this.#part.add(line)
    if (this.#part.lines === 1 && !(await this.#part.hasRoom(Buffer.alloc(0), split))) throw tooLarge(id, line, split)
  }

  async #open(): Promise<LinePart> {
    const {folder, stem, compression, split} = this.options
    const part = split === undefined ? undefined : this.#closed.length + 1
    const name = recordsFileName(stem, {format: 'jsonl', compression}, part)
    return new LinePart(await createHashedFile(join(folder, name)), compression)
  }
}

function tooLarge(id: string, line: Uint8Array, split: number): Error {
  return badDataError(
    'EXPORT_RECORD_TOO_LARGE',
    `record ${id} takes ${line.byteLength} bytes and does not fit into a part of ${split}`,
    ['raise --split, or compress'],
  )
}
