import {closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {mkdir} from 'node:fs/promises'

import {explainWriteError, removeAbandoned, temporaryName, type Runtime} from '@ep23/sdk'

import type {InvalidRecord} from '../../domain/file-record.js'
import {datasetMetrics} from '../../metrics.js'

/**
 * The invalid records of a run as JSON Lines. The file appears under its name whole, on `close`, or not at all; a run without
 * invalid records leaves none. Writing is synchronous because it hangs on a reader's callback, which cannot wait: so a
 * million bad records do not pile up in memory.
 * `add` and `close` throw Ep23Error DISK_FULL (exit 75) or NOT_WRITABLE (77), and leave nothing behind then.
 */
export class QuarantineFile {
  /** Records written so far. */
  count = 0
  #file: number | undefined
  readonly #temporary: string

  /** @param path where the file is to appear; its folder is made when needed. */
  constructor(
    readonly path: string,
    private readonly onAdd: () => void = () => undefined,
  ) {
    this.#temporary = temporaryName(path)
  }

  add(invalid: InvalidRecord): void {
    this.onAdd()
    this.#orAbandon(() => {
      this.#file ??= this.#open()
      writeWhole(this.#file, `${JSON.stringify(invalid)}\n`)
    })
    this.count += 1
  }

  /** Puts the file in its place; gives its path, or undefined when there was nothing to write. */
  close(): string | undefined {
    const file = this.#file
    if (file === undefined) return undefined
    this.#orAbandon(() => {
      fsyncSync(file)
      this.#closeTemporary()
      renameSync(this.#temporary, this.path)
      syncFolder(dirname(this.path))
    })
    return this.path
  }

  /** Gives up what was written. */
  abandon(): void {
    this.#closeTemporary()
    rmSync(this.#temporary, {force: true})
  }

  #open(): number {
    mkdirSync(dirname(this.path), {recursive: true})
    return openSync(this.#temporary, 'wx')
  }

  #orAbandon(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.abandon()
      throw explainWriteError(this.path, error)
    }
  }

  #closeTemporary(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
}

// The new name survives a power cut only when the folder is written too. Windows has no such call.
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** `<datasetDir>/quarantine/<run id>.jsonl`: where a run puts the records that it could not use, each counted as rejected. */
export async function openQuarantine({
  settings,
  run,
  metrics,
}: Pick<Runtime, 'settings' | 'run' | 'metrics'>): Promise<QuarantineFile> {
  const folder = join(settings.datasetDir, 'quarantine')
  await mkdir(folder, {recursive: true})
  await removeAbandoned(folder)
  const {recordsRejected} = metrics.bind(datasetMetrics)
  return new QuarantineFile(join(folder, `${run.run_id}.jsonl`), () => recordsRejected.inc({}))
}
