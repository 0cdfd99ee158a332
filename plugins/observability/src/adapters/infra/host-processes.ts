import {readdir, readFile} from 'node:fs/promises'
import {setTimeout as delay} from 'node:timers/promises'

import {Ep23Error, EXIT} from '@ep23/sdk'

import type {HostProcesses, ProcessIdentity} from '../../domain/infra.js'
import {message} from '../../words/words.js'

/** The variable that marks a process as part of a stack. */
export const TOKEN_VARIABLE = 'EP23_INFRA_TOKEN'

const POLITE_MS = 5000
const FORCED_MS = 2000
const POLL_MS = 20

/** Processes as Linux shows them under /proc. */
export const hostProcesses: HostProcesses = {
  async bootId() {
    const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(noProc)
    return id.trim()
  },
  isAlive: async identity => (await startTicks(identity.pid)) === identity.start_ticks,
  async stop(identity) {
    if (await ended(identity, 'SIGTERM', POLITE_MS)) return
    if (await ended(identity, 'SIGKILL', FORCED_MS)) return
    throw new Ep23Error(message('processStays', {pid: identity.pid}), {
      code: 'INFRA_STOP_FAILED',
      exit: EXIT.unexpected,
      suggestions: [message('lookAtProcess', {pid: identity.pid})],
    })
  },
  async withToken(token) {
    const pids = (await readdir('/proc')).filter(name => /^\d+$/u.test(name)).map(Number)
    const found = await Promise.all(pids.map(async pid => ((await carries(pid, token)) ? identify(pid) : undefined)))
    return found.filter(identity => identity !== undefined)
  },
}

/** The identity of a living process, undefined once it has ended. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const ticks = await startTicks(pid)
  return ticks === undefined ? undefined : {pid, start_ticks: ticks}
}

/**
 * Field 22 of /proc/PID/stat, undefined for a process that is gone or a zombie. The second field is the program's name in
 * parentheses and may hold blanks and parentheses itself: the fields are counted from the last one. proc_pid_stat(5)
 */
async function startTicks(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : Number(fields[19])
}

async function carries(pid: number, token: string): Promise<boolean> {
  if (pid === process.pid) return false
  // Processes of other users may not be read, and are not ours.
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').includes(`${TOKEN_VARIABLE}=${token}`)
}

// The identity is asked again right before the signal, so that it cannot reach the pid's next owner.
async function ended(identity: ProcessIdentity, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  if (!(await hostProcesses.isAlive(identity))) return true
  try {
    process.kill(identity.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline) {
    if (!(await hostProcesses.isAlive(identity))) return true
    await delay(POLL_MS)
  }
  return false
}

function noProc(cause: unknown): never {
  throw new Ep23Error(message('linuxOnly'), {
    code: 'INFRA_NO_PROC',
    exit: EXIT.unavailable,
    suggestions: [message('useLinux')],
    cause,
  })
}
