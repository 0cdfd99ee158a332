import {join} from 'node:path'

import {badDataError} from '@ep23/sdk'

import type {Compression, RecordFile} from '../../domain/manifest/manifest.js'
import {createHashedFile} from './hashed-file.js'
import {LinePart} from './line-part.js'

export interface PartedFileOptions {
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
  add(line: Uint8Array, describe: () => string): Promise<void> | undefined {
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

  async #addWithinParts(line: Uint8Array, describe: () => string): Promise<void> {
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

function tooLarge(what: string, bytes: number, split: number): Error {
  return badDataError(
    'EXPORT_LINE_TOO_LARGE',
    `${what} takes ${bytes} bytes and does not fit into a part of ${split}`,
    ['allow larger parts, or compress'],
  )
}
