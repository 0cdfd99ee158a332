import {stat} from 'node:fs/promises'
import {resolve} from 'node:path'

import {assertReplaceable, usageError} from '@ep23/sdk'
import {message} from '../words/words.js'

/**
 * Where a command is to write, before it has worked for it.
 * @param isOurs recognises what the command wrote there before
 * @throws Ep23Error USAGE (64) when a folder stands there, OUTPUT_EXISTS (77) when a file of others does
 */
export async function outputFile(path: string, flag: string, isOurs: (beginning: Buffer) => boolean): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory())
    throw usageError(message('flagNeedsFile', {path, flag}), [message('nameFileInIt', {flag, path})])
  await assertReplaceable(path, isOurs)
  return resolve(path)
}
