import type {Stats} from 'node:fs'
import {access, constants, readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {Ep23Error, EXIT, usageError} from '@ep23/sdk'

/** The file itself, or the files of a folder by name; what begins with a dot and what is in subfolders stays out. */
export async function filesAt(path: string): Promise<string[]> {
  const stats = await readableStats(path)
  if (stats.isFile()) return [path]
  if (!stats.isDirectory())
    throw usageError(`${path} is neither a file nor a folder`, ['Write the data to a file: it is read more than once.'])
  const entries = await readdir(path, {withFileTypes: true})
  const names = entries.filter(entry => !entry.isDirectory() && !entry.name.startsWith('.')).map(entry => entry.name)
  const files = names.sort().map(name => join(path, name))
  for (const file of files) await readableStats(file)
  return files
}

async function readableStats(path: string): Promise<Stats> {
  try {
    await access(path, constants.R_OK)
    return await stat(path)
  } catch (error) {
    throw accessError(path, error)
  }
}

function accessError(path: string, cause: unknown): unknown {
  const {code} = cause as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return usageError(`${path} does not exist`, ['Check the path; a relative one starts in the current folder.'])
  if (code === 'EACCES' || code === 'EPERM')
    return new Ep23Error(`${path} may not be read`, {
      code: 'SOURCE_FORBIDDEN',
      exit: EXIT.notPermitted,
      suggestions: [`Give yourself the right to read it: chmod u+r "${path}"`],
      cause,
    })
  return cause
}
