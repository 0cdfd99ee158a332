import {stat} from 'node:fs/promises'
import {resolve} from 'node:path'

import {usageError} from '@ep23/sdk'

/** Where a command is to write, before it has worked for it. @throws Ep23Error USAGE (64) when a folder stands there */
export async function outputFile(path: string, flag: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory())
    throw usageError(`${path} is a folder, ${flag} needs a file`, [`name a file in it: ${flag} ${path}/NAME`])
  return resolve(path)
}
