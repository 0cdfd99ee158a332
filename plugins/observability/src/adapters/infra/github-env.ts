import {appendFile} from 'node:fs/promises'

import {explainWriteError} from '@ep23/sdk'

/** Appends `NAME=value` lines, as GitHub Actions reads them from the file that GITHUB_ENV names. */
export async function appendGithubEnv(file: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  await appendFile(file, lines.join('')).catch((error: unknown) => {
    throw explainWriteError(file, error)
  })
}
