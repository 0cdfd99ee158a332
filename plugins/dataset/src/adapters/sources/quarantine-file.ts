import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync} from 'node:fs'
import {dirname, join, basename} from 'node:path'

import type {InvalidRecord} from '../../domain/invalid-record.js'

/**
 * The invalid records of a run as JSON Lines. The file appears under its name whole, on `close`, or not at all; a run without
 * invalid records leaves none. Writing is synchronous because it hangs on a reader's callback, which does not wait.
 */
export class QuarantineFile {
  /** Records written so far. */
  count = 0
  #file: number | undefined
  readonly #temporary: string

  /** @param path where the file is to appear; its folder must exist. */
  constructor(readonly path: string) {
    this.#temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  }

  add(invalid: InvalidRecord): void {
    this.#file ??= openSync(this.#temporary, 'w')
    writeSync(this.#file, `${JSON.stringify(invalid)}\n`)
    this.count += 1
  }

  /** Puts the file in its place; gives its path, or undefined when there was nothing to write. */
  close(): string | undefined {
    if (this.#file === undefined) return undefined
    fsyncSync(this.#file)
    this.#closeTemporary()
    renameSync(this.#temporary, this.path)
    syncFolder(dirname(this.path))
    return this.path
  }

  /** Gives up what was written. */
  abandon(): void {
    if (this.#file === undefined) return
    this.#closeTemporary()
    rmSync(this.#temporary, {force: true})
  }

  #closeTemporary(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

// The new name survives a power cut only when the folder is written too. Windows has no such call.
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
