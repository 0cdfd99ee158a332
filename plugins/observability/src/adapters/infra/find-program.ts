import {accessSync, constants, statSync} from 'node:fs'
import {delimiter, join, resolve} from 'node:path'

/** The absolute path of a program given by path or found on the PATH; undefined when there is none. */
export function findProgram(name: string | undefined): string | undefined {
  if (!name) return undefined
  const candidates = name.includes('/')
    ? [resolve(name)]
    : (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, name))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
