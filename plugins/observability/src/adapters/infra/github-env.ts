import {appendFile} from 'node:fs/promises'

import {explainWriteError, usageError} from '@ep23/sdk'
import {message} from '../../words/words.js'

/**
 * Finds out before anything is started whether the file can be written.
 * @throws Ep23Error USAGE (64) when its folder is not there, NOT_WRITABLE (77) and the like
 */
export async function assertWritable(file: string): Promise<void> {
  await appendFile(file, '').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw usageError(message('noFolderOf', {file}), [message('makeFolderFirst')])
    throw explainWriteError(file, error)
  })
}

/** Appends `NAME=value` lines, as GitHub Actions reads them from the file that GITHUB_ENV names. */
export async function appendGithubEnv(file: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  await appendFile(file, lines.join('')).catch((error: unknown) => {
    throw explainWriteError(file, error)
  })
}
