import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

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
  /** Called with all that was written to stderr so far. */
  onStderr?: (stderr: string, pid: number) => void
}

/** A folder of its own for one test, with ep23's user data in it as well. */
export function temporaryFolder(): {path: string; remove: () => void} {
  const path = mkdtempSync(join(tmpdir(), 'ep23-test-'))
  return {path, remove: () => rmSync(path, {recursive: true, force: true})}
}

/** Runs the command line as a user does, in a closed environment: nothing of the caller's settings reaches it. */
export function runEp23(args: readonly string[], {cwd, env = {}, onStart, onStderr}: RunOptions): Promise<Ended> {
  const own = {
    EP23_DATA_DIR: join(cwd, '.data'),
    EP23_CONFIG_DIR: join(cwd, '.config'),
    EP23_CACHE_DIR: join(cwd, '.cache'),
  }
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: {...inherited(), ...own, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
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

/** What nyc and Node need to measure a child process, and nothing else. */
function inherited(): Record<string, string> {
  const names = Object.keys(process.env).filter(name => /^(?:PATH|HOME|NODE_OPTIONS|NYC_.*|SystemRoot)$/u.test(name))
  return Object.fromEntries(names.map(name => [name, process.env[name] ?? '']))
}
