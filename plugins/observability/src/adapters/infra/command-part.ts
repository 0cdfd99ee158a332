import {spawn} from 'node:child_process'
import {once} from 'node:events'

import {Ep23Error, EXIT} from '@ep23/sdk'

import {TOKEN_VARIABLE} from './host-processes.js'

/**
 * Runs a team's own shell command to its end, its output on stderr.
 * @throws INFRA_STEP_FAILED (69) with the exit code
 */
export async function runCommand(step: string, command: string, options: {token?: string; signal?: AbortSignal} = {}) {
  const {token, signal} = options
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['ignore', 2, 2],
    env: {...process.env, ...(token && {[TOKEN_VARIABLE]: token})},
  })
  const stop = (): void => void child.kill('SIGTERM')
  signal?.addEventListener('abort', stop)
  const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (code === 0) return
  throw new Ep23Error(`the command for ${step} failed with ${killedBy ?? `exit code ${code}`}: ${command}`, {
    code: 'INFRA_STEP_FAILED',
    exit: EXIT.unavailable,
    suggestions: ['run it by hand'],
  })
}
