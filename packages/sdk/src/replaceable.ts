import {open, stat} from 'node:fs/promises'

import {Ep23Error} from './command/errors.js'
import {EXIT} from './command/exit-codes.js'
import {words} from './words/words.js'

const BEGINNING_BYTES = 64 * 1024

/**
 * Finds out before the work that the output replaces nothing but an earlier one of ep23: a mistyped name may be that of a file which
 * somebody wrote by hand. What is empty, a device or a pipe may be written to.
 * @param isOurs recognises an earlier output by its first 64 KiB
 * @throws Ep23Error OUTPUT_EXISTS (77)
 */
export async function assertReplaceable(path: string, isOurs: (beginning: Buffer) => boolean): Promise<void> {
  const beginning = await beginningOf(path)
  if (beginning === undefined || beginning.length === 0 || isOurs(beginning)) return
  throw new Ep23Error(words.message('writtenByOthers', {path}), {
    code: 'OUTPUT_EXISTS',
    exit: EXIT.notPermitted,
    suggestions: [words.message('chooseOtherFile'), words.message('moveIt')],
  })
}

/** Undefined for what is no file; what cannot be read is told when it is written. */
async function beginningOf(path: string): Promise<Buffer | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return undefined
  const file = await open(path).catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
