import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'

import {TOKEN_VARIABLE} from './host-processes.js'

const COMPOSE_FILE = fileURLToPath(new URL('../../../compose.yaml', import.meta.url))
const LONGEST_OUTPUT = 4000

/** How a call of docker ended. */
export interface DockerAnswer {
  ok: boolean
  /** The end of what it wrote to both outputs. */
  output: string
}

interface DockerCall {
  env?: Readonly<Record<string, string>>
  /** Marks the call as part of a stack, so that one that a SIGKILL has orphaned is found. */
  token?: string
  signal?: AbortSignal
}

/** One stack's services in the shipped compose file. */
export async function compose(project: string, args: readonly string[], call: DockerCall = {}): Promise<DockerAnswer> {
  return docker(['compose', '--ansi', 'never', '--project-name', project, '--file', COMPOSE_FILE, ...args], call)
}

/** Undefined when an engine answers and compose is there, else what is missing and what to do. */
export async function missingEngine(): Promise<{problem: string; fix: string} | undefined> {
  const engine = await docker(['version', '--format', '{{.Server.Version}}'])
  if (!engine.ok)
    return {
      problem: `no Docker engine answers (${lastLine(engine.output)})`,
      fix: 'start it or name it with DOCKER_HOST, or use the provider process',
    }
  const version = await docker(['compose', 'version'])
  return version.ok
    ? undefined
    : {problem: 'docker has no compose', fix: 'install the plugin docker-compose-v2 (docker-compose-plugin at Docker)'}
}

/** The last line with words in it. */
export function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? ''
}

/** Runs docker to its end; its output is kept, because it draws on terminals. */
async function docker(args: readonly string[], {env, token, signal}: DockerCall = {}): Promise<DockerAnswer> {
  const child = spawn('docker', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...env, ...(token && {[TOKEN_VARIABLE]: token})},
    // Ctrl-C at the terminal reaches it through the signal below, once.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-LONGEST_OUTPUT)))
  const stop = (): void => void child.kill('SIGTERM')
  signal?.addEventListener('abort', stop)
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return {ok: code === 0, output}
  } catch (error) {
    return {
      ok: false,
      output: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'docker is not installed' : String(error),
    }
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
