import {accessSync, constants, readFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'

/** The Debian packages of the live tests and the programs that show they are there. */
const PACKAGES = [
  ['prometheus', 'prometheus'],
  ['promtool', 'prometheus'],
  ['prometheus-alertmanager', 'prometheus-alertmanager'],
  ['amtool', 'prometheus-alertmanager'],
  ['prometheus-pushgateway', 'prometheus-pushgateway'],
] as const

let announced = false

/** Skips the calling hook's suite where the servers are not installed, and fails on CI. */
export function requireServers(hook: Mocha.Context): void {
  const missing = [...new Set(PACKAGES.filter(([program]) => !isOnPath(program)).map(([, name]) => name))]
  if (missing.length === 0) return
  const how = `apt-get install ${missing.join(' ')}`
  if (process.env['CI']) throw new Error(`on CI the live tests of the infrastructure must run: ${how}`)
  if (!announced) process.stderr.write(`the live tests of the infrastructure are skipped; to run them, ${how}\n`)
  announced = true
  hook.skip()
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
