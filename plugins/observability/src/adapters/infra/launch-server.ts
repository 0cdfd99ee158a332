import {execFileSync, spawn, type ChildProcess} from 'node:child_process'
import {closeSync, openSync, readFileSync, rmSync} from 'node:fs'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {Ep23Error, EXIT} from '@ep23/sdk'

import type {ProcessIdentity} from '../../domain/infra-state.js'
import {identify, TOKEN_VARIABLE} from './host-processes.js'
import type {Launch} from './programs.js'

export interface Launched {
  child: ChildProcess
  identity: ProcessIdentity
  log: string
}

/**
 * Starts a server that outlives this process: a session of its own (Ctrl-C at the terminal does not reach it), output
 * to `server.log` in its folder, and the stack's token in its environment.
 */
export async function launchServer(
  {program, args, files = {}}: Launch,
  folder: string,
  token: string,
): Promise<Launched> {
  await mkdir(folder, {recursive: true})
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const log = join(folder, 'server.log')
  const output = openSync(log, 'w', 0o600)
  const input = openNeverEnding(join(folder, 'stdin'))
  try {
    const env = {...process.env, [TOKEN_VARIABLE]: token}
    const child = spawn(program, args, {detached: true, cwd: folder, env, stdio: [input, output, output]})
    const identity = await identityOf(child, program)
    child.unref()
    return {child, identity, log}
  } finally {
    closeSync(output)
    closeSync(input)
  }
}

/** The last lines of a log, for an error message. */
export function logTail(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}

// Some servers (FerretDB as built here) end with their input. A pipe with a name, which the server itself holds open for
// writing too, never ends.
function openNeverEnding(path: string): number {
  rmSync(path, {force: true})
  execFileSync('mkfifo', ['-m', '600', path])
  return openSync(path, 'r+')
}

function identityOf(child: ChildProcess, program: string): Promise<ProcessIdentity> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void =>
      reject(new Ep23Error(`${program} cannot be started`, {code: 'INFRA_STEP_FAILED', exit: EXIT.unavailable, cause}))
    child.once('error', fail)
    child.once('spawn', () => {
      const {pid} = child
      if (pid === undefined) return fail()
      identify(pid).then(identity => (identity ? resolve(identity) : fail('it ended at once')), fail)
    })
  })
}
