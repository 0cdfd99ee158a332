import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import onSpawn from 'process-on-spawn'

const bin = join(import.meta.dirname, '../../bin/run.js')

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

interface RunOptions {
  cwd: string
  env?: Record<string, string>
  /** Called with the process's pid once it runs. */
  onStart?: (pid: number) => void
  /** Milliseconds until it is ended by SIGKILL, if it still runs then. */
  killAfter?: number | undefined
  /** False for what must run as users have it: to be timed, or killed in the midst of it. */
  coverage?: boolean
  /** Called with all that was written to stderr so far. */
  onStderr?: (stderr: string, pid: number) => void
}

/** A folder of its own for one test, with ep23's user data in it as well. */
export function temporaryFolder(): {path: string; remove: () => void} {
  const path = mkdtempSync(join(tmpdir(), 'ep23-test-'))
  return {path, remove: () => rmSync(path, {recursive: true, force: true})}
}

/**
 * Runs the command line as a user does, in a closed environment: nothing of the caller's settings reaches it. It runs the bundle
 * that is published, but for the first runs of each command where lines are counted.
 */
export function runEp23(args: readonly string[], options: RunOptions): Promise<Ended> {
  const {cwd, env = {}, onStart, killAfter, onStderr, coverage = countsLines(args)} = options
  const own = {
    EP23_DATA_DIR: join(cwd, '.data'),
    EP23_CONFIG_DIR: join(cwd, '.config'),
    EP23_CACHE_DIR: join(cwd, '.cache'),
  }
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: {...inherited(coverage), ...own, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(killAfter !== undefined && {timeout: killAfter, killSignal: 'SIGKILL' as const}),
  })
  if (child.pid !== undefined) onStart?.(child.pid)
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
      if (child.pid !== undefined) onStderr?.(stderr, child.pid)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({code, signal, stdout, stderr}))
  })
}

/** Over all of mocha's processes: to count the lines of one more run of a command costs three times the run, and finds next to none. */
const COUNTED_RUNS = 2
/** A folder for each counted run; nyc reads the files beside them alone. */
const counted = join(import.meta.dirname, '../../.nyc_output/counted')

function countsLines(args: readonly string[]): boolean {
  if (process.env['NYC_CONFIG'] === undefined) return false
  const command = encodeURIComponent(args.find(arg => !arg.startsWith('-')) ?? '')
  mkdirSync(counted, {recursive: true})
  return Array.from({length: COUNTED_RUNS}, (_, run) => join(counted, `${run} ${command}`)).some(isFirstAt)
}

function isFirstAt(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

/** Code with counters is many small files: compiled once, and not by each process. */
const compiled = join(import.meta.dirname, '../../.cache/compiled')

/** Of the machine: where its programs and its user's files are, and whom its network trusts. */
const MACHINE = /^(?:PATH|HOME|SystemRoot|NODE_EXTRA_CA_CERTS)$/u

const COUNTERS = /^(?:NODE_OPTIONS|NYC_.*)$/u

/** What Node needs, and nyc to count the lines of a child process, which then runs what was compiled and not the bundle. */
export function inherited(coverage: boolean): NodeJS.ProcessEnv {
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => MACHINE.test(name) || (coverage && COUNTERS.test(name))),
  )
  return coverage ? {...own, EP23_SOURCE: '1', NODE_COMPILE_CACHE: compiled} : {...own, [UNCOUNTED]: '1'}
}

/** Marks a process that nyc is to leave alone. It prepares each one that is started, whatever environment it is given: 100 ms. */
const UNCOUNTED = 'EP23_TEST_UNCOUNTED'
const asked = new WeakMap<object, NodeJS.ProcessEnv>()
// The first listener hears of a process before nyc does, the last one after it.
onSpawn.prependListener(spawned => {
  const {[UNCOUNTED]: mark, ...env} = spawned.env
  if (mark !== undefined) asked.set(spawned, env)
})
onSpawn.addListener(spawned => {
  spawned.env = asked.get(spawned) ?? spawned.env
})
