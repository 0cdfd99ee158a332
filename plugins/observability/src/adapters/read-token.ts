import {readFile} from 'node:fs/promises'

import {usageError} from '@ep23/sdk'

const SHORTEST = 16

/**
 * The bearer token, from a file or from the environment: never from an argument, which every user of the machine can
 * read. Undefined when there is none. @throws Ep23Error USAGE
 */
export async function readToken(file: string | undefined, value: string | undefined): Promise<string | undefined> {
  const token = (file === undefined ? value : await read(file))?.trim()
  if (token === undefined || (token === '' && file === undefined)) return undefined
  if (token.length < SHORTEST || !/^[\x21-\x7e]+$/u.test(token))
    throw usageError(`the token must be ${SHORTEST} or more printable ASCII characters without spaces`, [
      'make one with: openssl rand -hex 32',
    ])
  return token
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw usageError(`the token file ${file} cannot be read: ${(error as Error).message}`, [
      'check the path after --token-file',
    ])
  }
}
