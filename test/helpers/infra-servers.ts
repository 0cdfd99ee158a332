import {accessSync, constants, readFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'

import {cannotRun} from './live-test.ts'

/** The Debian packages of the live tests and the programs that show they are there. */
const PACKAGES = [
  ['prometheus', 'prometheus'],
  ['promtool', 'prometheus'],
  ['prometheus-alertmanager', 'prometheus-alertmanager'],
  ['amtool', 'prometheus-alertmanager'],
  ['prometheus-pushgateway', 'prometheus-pushgateway'],
] as const

/** Skips the calling hook's suite where the servers are not installed, and fails on CI. */
export function requireServers(hook: Mocha.Context): void {
  const missing = [...new Set(PACKAGES.filter(([program]) => !isOnPath(program)).map(([, name]) => name))]
  if (missing.length > 0) cannotRun(hook, 'infrastructure and alerts', `apt-get install ${missing.join(' ')}`)
}

/** True for a process that runs; a zombie has ended. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat[stat.lastIndexOf(')') + 2] !== 'Z'
  } catch {
    return false
  }
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
