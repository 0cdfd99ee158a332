import {open, type FileHandle} from 'node:fs/promises'
import {basename} from 'node:path'

import {explainWriteError} from '@ep23/sdk'

import type {FileTarget} from '../../domain/byte-target.js'
import type {FileFacts} from '../../domain/manifest/manifest.js'
import {growingSha256} from '../sha256.js'

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
