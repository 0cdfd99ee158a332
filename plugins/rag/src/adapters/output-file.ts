import {stat} from 'node:fs/promises'
import {dirname} from 'node:path'

import {usageError} from '@ep23/sdk'

/** Finds out before the work, not after it, that no file can be written there. @throws Ep23Error USAGE (64) naming the flag */
export async function requireOutputFile(path: string, flag: string): Promise<void> {
  if (path === '') throw usageError(`${flag} is blank`, [`name a file: ${flag} FILE`])
  if (await isFolder(path)) throw usageError(`${flag} ${path} is a folder`, [`name a file in it: ${flag} FILE`])
  const parent = dirname(path)
  if ((await isFolder(parent)) === false)
    throw usageError(`${flag} ${path}: ${parent} is no folder`, [`name a file in a folder: ${flag} FILE`])
}

/** Undefined when nothing is there. */
async function isFolder(path: string): Promise<boolean | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory()
}
