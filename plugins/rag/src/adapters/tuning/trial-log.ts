import {existsSync} from 'node:fs'
import {appendFile, mkdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {explainWriteError, usageError, writeFileAtomically} from '@ep23/sdk'

/**
 * What a tuning run has measured so far: a line a trial, written as soon as it is known, so that an interrupted run goes on where
 * it stopped. The first line says what was asked for; another question is not answered from the same folder.
 */
export class TrialLog<T> {
  readonly #file: string
  readonly #known: Map<string, T>

  private constructor(file: string, known: Map<string, T>) {
    this.#file = file
    this.#known = known
  }

  /** @throws Ep23Error USAGE (64) for a folder with the trials of another question */
  static async open<T>(folder: string, question: string): Promise<TrialLog<T>> {
    const file = join(folder, 'trials.jsonl')
    await mkdir(folder, {recursive: true}).catch(error => Promise.reject(unusable(folder, error)))
    if (!existsSync(file)) await writeFileAtomically(file, `${JSON.stringify({question})}\n`)
    const [first, ...lines] = (await readFile(file, 'utf8')).split('\n')
    if ((parse(first ?? '') as {question?: unknown} | undefined)?.question !== question)
      throw usageError(`${folder} holds the trials of another space, configuration, corpus or seed`, [
        'name another folder: --output DIR',
      ])
    const entries = lines
      .map(line => parse(line) as {key: string; trial: T} | undefined)
      .filter(entry => entry !== undefined)
    return new TrialLog(file, new Map(entries.map(({key, trial}) => [key, trial])))
  }

  get size(): number {
    return this.#known.size
  }

  /** The trial under this key: as it was measured before, or as it is measured now and kept. */
  async remember(key: string, measure: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const trial = await measure()
    await appendFile(this.#file, `\n${JSON.stringify({key, trial})}`)
    this.#known.set(key, trial)
    return trial
  }
}

function unusable(folder: string, error: NodeJS.ErrnoException): unknown {
  if (error.code === 'EEXIST' || error.code === 'ENOTDIR')
    return usageError(`${folder} is no folder: a file stands there`, ['name another folder: --output DIR'])
  return explainWriteError(folder, error)
}

// A run killed while it wrote leaves half a line: that trial is measured again.
function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}
