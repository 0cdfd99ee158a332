import {type ChildProcess, spawn, type SpawnOptions} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'

const NODE_OPTIONS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning']

/** Starts a program, given by its file URL, with the same Node. */
export function startProgram(url: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [...NODE_OPTIONS, fileURLToPath(url), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
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
