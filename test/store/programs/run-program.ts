import {type ChildProcess, spawn, type SpawnOptions} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

const NODE_OPTIONS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning']

/** Starts a program of this folder with the same Node. */
export function startProgram(name: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const program = join(import.meta.dirname, name)
  return spawn(process.execPath, [...NODE_OPTIONS, program, ...args], {stdio: ['ignore', 'pipe', 'pipe'], ...options})
}

/** What a program printed on stdout, as JSON; fails with its stderr. */
export async function programOutput(child: ChildProcess): Promise<unknown> {
  let output = ''
  let errors = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`exit ${child.exitCode}: ${errors}`)
  return JSON.parse(output)
}
