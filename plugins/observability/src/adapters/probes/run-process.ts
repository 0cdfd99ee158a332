import {spawn} from 'node:child_process'

interface ProcessOptions {
  /** The program and its arguments. */
  command: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  signal: AbortSignal
  /** Called when the process says that it serves; when this resolves, the process is ended by SIGTERM. */
  whenServing?: (url: string) => Promise<void>
}

const LONGEST_MS = 30_000

/** Runs a process to its end, a server until it has been looked at; killed when it takes longer than 30 seconds. */
export async function runProcess(options: ProcessOptions): Promise<{code: number | null; stderr: string}> {
  const [program = '', ...args] = options.command
  const {env, cwd, signal, whenServing} = options
  const child = spawn(program, args, {env, cwd, stdio: ['ignore', 'ignore', 'pipe']})
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  const kill = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill)
  const ended = Promise.withResolvers<number | null>()
  child.once('error', ended.reject)
  child.once('close', ended.resolve)
  let stderr = ''
  let served: Promise<void> | undefined
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
    const url = /Serving on (?<url>http\S+)\n/u.exec(stderr)?.groups?.['url']
    if (url && whenServing) served ??= whenServing(url).finally(() => child.kill('SIGTERM'))
    served?.catch(() => undefined)
  })
  try {
    const code = await ended.promise
    await served
    return {code, stderr}
  } finally {
    clearTimeout(tooLong)
    signal.removeEventListener('abort', kill)
  }
}
