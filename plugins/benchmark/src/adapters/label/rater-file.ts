import {closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync} from 'node:fs'
import {join} from 'node:path'

import {explainWriteError} from '@ep23/sdk'

/** Appends a rater's lines. */
export interface LabelLog {
  /** Resolves when the line is on the disk. */
  append(event: object): Promise<void>
  close(): Promise<void>
}

/**
 * A file of lines, each of them synced before the next question is shown. A last line that a death cut short is removed: its key was never
 * answered.
 */
export function openRaterFile(folder: string, rater: string): LabelLog {
  const path = join(folder, `${rater}.jsonl`)
  let file: number
  try {
    file = openSync(path, 'a+')
    const whole = readFileSync(path).lastIndexOf(0x0a) + 1
    ftruncateSync(file, whole)
  } catch (error) {
    throw explainWriteError(path, error)
  }
  return {
    append: async event => {
      try {
        writeSync(file, `${JSON.stringify(event)}\n`)
        fsyncSync(file)
      } catch (error) {
        throw explainWriteError(path, error)
      }
    },
    close: async () => closeSync(file),
  }
}
