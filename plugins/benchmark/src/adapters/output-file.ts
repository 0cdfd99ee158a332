import {stat} from 'node:fs/promises'
import {resolve} from 'node:path'

import {usageError} from '@ep23/sdk'
import {message} from '../words/words.js'

/** Where a command is to write, before it has worked for it. @throws Ep23Error USAGE (64) when a folder stands there */
export async function outputFile(path: string, flag: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory())
    throw usageError(message('flagNeedsFile', {path, flag}), [message('nameFileInIt', {flag, path})])
  return resolve(path)
}
