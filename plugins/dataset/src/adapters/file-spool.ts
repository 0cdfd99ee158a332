import {closeSync, openSync, readSync, rmSync, writeSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {deserialize, serialize} from 'node:v8'

import {explainWriteError} from '@ep23/sdk'

import type {Spool, Spooled} from '../domain/spool.js'

/** Some eight hundred synthetic days: a dataset of usual size needs no file. */
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Values out of memory, in a temporary file for its owner alone: as objects they take three times as much. Writing is synchronous,
 * some megabytes at a time. `put` throws Ep23Error DISK_FULL (75) or NOT_WRITABLE (77).
 */
export class FileSpool implements Spool {
  readonly #path: string
  #file: number | undefined
  /** What is not in the file yet. What nobody writes to takes no memory. */
  readonly #block = Buffer.allocUnsafeSlow(MOST_BYTES)
  #held = 0
  #written = 0

  constructor(name: string, folder = tmpdir()) {
    this.#path = join(folder, `ep23-seed-${name}`)
  }

  put<T>(value: T): Spooled<T> {
    const piece = serialize(value)
    if (this.#held + piece.byteLength > MOST_BYTES) this.#flush()
    const place = {at: this.#written + this.#held, bytes: piece.byteLength}
    if (piece.byteLength > MOST_BYTES) this.#write(piece)
    else this.#held += piece.copy(this.#block, this.#held)
    return place
  }

  get<T>({at, bytes}: Spooled<T>): T {
    const start = at - this.#written
    return deserialize(start < 0 ? this.#read(at, bytes) : this.#block.subarray(start, start + bytes)) as T
  }

  close(): void {
    if (this.#file === undefined) return
    closeSync(this.#file)
    rmSync(this.#path, {force: true})
    this.#file = undefined
  }

  #flush(): void {
    this.#write(this.#block.subarray(0, this.#held))
    this.#held = 0
  }

  #write(bytes: Buffer): void {
    try {
      this.#file ??= this.#open()
      for (let done = 0; done < bytes.byteLength;) done += writeSync(this.#file, bytes, done)
    } catch (error) {
      throw explainWriteError(this.#path, error)
    }
    this.#written += bytes.byteLength
  }

  #read(at: number, bytes: number): Buffer {
    const piece = Buffer.allocUnsafe(bytes)
    for (let done = 0; done < bytes;) {
      const read = readSync(this.#file ?? -1, piece, done, bytes - done, at + done)
      if (read === 0) throw new Error(`${this.#path} ends before ${at + bytes}`)
      done += read
    }
    return piece
  }

  // Without a name it is gone with the process, however that ends. Windows keeps the name of an open file.
  #open(): number {
    const file = openSync(this.#path, 'wx+', 0o600)
    if (process.platform !== 'win32') rmSync(this.#path)
    return file
  }
}
