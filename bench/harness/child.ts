import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'

/** What a whole process took, with all that it started. */
export interface Cost {
  cpuSeconds: number
  wallSeconds: number
  /** Largest resident set of one process of the tree. */
  peakMegabytes: number
  stdout: string
}

interface ChildOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Exit codes that are no failure. */
  accept?: readonly number[] | undefined
}

const POLL_MS = 10
const TIMES = /^ep23-times ([\d.]+) ([\d.]+) ([\d.]+)$/mu

/**
 * Runs a command and takes its times from bash, which sees those of all its children; the peak is read from /proc while it runs.
 * @throws Error with the end of what the command wrote when it fails
 */
export async function costOf(command: readonly string[], {cwd, env, accept = [0]}: ChildOptions = {}): Promise<Cost> {
  const timed = ['-c', 'TIMEFORMAT="ep23-times %3R %3U %3S"; time "$@"', 'bash', ...command]
  const child = spawn('bash', timed, {cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe']})
  const output = {stdout: '', stderr: ''}
  child.stdout.on('data', chunk => void (output.stdout += String(chunk)))
  child.stderr.on('data', chunk => void (output.stderr += String(chunk)))
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid ?? 0))), POLL_MS)
  const status = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  clearInterval(watch)
  const [, wall, user, system] = TIMES.exec(output.stderr) ?? []
  if (wall === undefined || !accept.includes(status ?? -1))
    throw new Error(`${command.join(' ')} exited with ${status}: ${(output.stderr + output.stdout).slice(-600)}`)
  return {
    wallSeconds: Number(wall),
    cpuSeconds: Number(user) + Number(system),
    peakMegabytes: peak / 1000,
    stdout: output.stdout,
  }
}

/** Kilobytes; a process that has ended meanwhile counts nothing. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    const own = Number(/^VmHWM:\s+(\d+)/mu.exec(status)?.[1] ?? 0)
    return Math.max(
      own,
      ...children
        .split(' ')
        .filter(Boolean)
        .map(child => peakOf(Number(child))),
    )
  } catch {
    return 0
  }
}
