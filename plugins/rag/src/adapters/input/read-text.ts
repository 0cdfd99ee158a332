import {readFile} from 'node:fs/promises'
import {gunzipSync} from 'node:zlib'

import {badDataError, usageError} from '@ep23/sdk'

/**
 * The text of an input file; `.gz` is unpacked.
 * @param what the file should hold, for messages.
 * @throws Ep23Error USAGE (64) when it is not there, RAG_INPUT_UNREADABLE (65) when it cannot be read or is not UTF-8.
 */
export async function readText(path: string, what: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    return new TextDecoder('utf-8', {fatal: true}).decode(path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw usageError(`there is no file ${path} with ${what}`, ['check the path'])
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw usageError(`${path} is a folder, but ${what} stand in a file`, ['name the file'])
    throw badDataError('RAG_INPUT_UNREADABLE', `${path} cannot be read: ${(error as Error).message}`, [], error)
  }
}
