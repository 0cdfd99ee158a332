import {accessSync, constants} from 'node:fs'
import {delimiter, join} from 'node:path'

import {cannotRun} from './live-test.ts'

/** The path of a program from a Debian package; without it the suite is skipped with one line, and on CI it fails. */
export function debianProgram(hook: Mocha.Context, program: string, packages = program): string {
  // The administrator's folder is not on every user's PATH.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  const found = folders.map(folder => join(folder, program)).find(isExecutable)
  if (found !== undefined) return found
  return cannotRun(hook, program, `apt-get install ${packages}`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
