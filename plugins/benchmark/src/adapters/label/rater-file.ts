import {closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'

import {explainWriteError} from '@ep23/sdk'

import {appendWhole} from '../append-whole.js'
import {labelledElsewhere, type LabelLog, type LabelWriter} from './label-log.js'

const LINE_FEED = 0x0a

/**
 * A file of lines, each of them synced before the next question is shown. A last line that a death cut short is removed: its key was never
 * answered.
 */
export function openRaterFile(folder: string, {rater, lines}: LabelWriter): LabelLog {
  const path = join(folder, `${rater}.jsonl`)
  let {file, end} = openWhole(path, {rater, lines})
  return {
    append: async event => {
      if (!isAsLeft(path, file, end)) throw labelledElsewhere(rater)
      try {
        end = appendWhole(file, Buffer.from(`${JSON.stringify(event)}\n`), end)
        fsyncSync(file)
      } catch (error) {
        throw explainWriteError(path, error)
      }
    },
    close: async () => closeSync(file),
  }
}

function openWhole(path: string, {rater, lines}: LabelWriter): {file: number; end: number} {
  try {
    const file = openSync(path, 'a+')
    const content = readFileSync(path)
    if (content.filter(byte => byte === LINE_FEED).length !== lines) throw labelledElsewhere(rater)
    const end = content.lastIndexOf(LINE_FEED) + 1
    ftruncateSync(file, end)
    return {file, end}
  } catch (error) {
    throw explainWriteError(path, error)
  }
}

/** Nobody has written more, and what `git pull` puts there is another file of the same name. */
function isAsLeft(path: string, file: number, end: number): boolean {
  const {ino, size} = fstatSync(file)
  return size === end && statSync(path, {throwIfNoEntry: false})?.ino === ino
}
