import {runEp23, type Ended} from './run-ep23.ts'

export interface Sidecar {
  url: string
  pid: number
  /** Ends it and waits for that. */
  end(signal: NodeJS.Signals): Promise<Ended>
}

const LISTENING_WITHIN_MS = 60_000

/** Starts `observability:serve` in a process of its own and waits until it listens. */
export async function startSidecar(
  cwd: string,
  {port = 0, args = [], env = {}}: {port?: number; args?: readonly string[]; env?: Record<string, string>} = {},
): Promise<Sidecar> {
  const listening = Promise.withResolvers<string>()
  let pid = 0
  const running = runEp23(['observability:serve', '--fold-seconds', '1', '--port', String(port), ...args], {
    cwd,
    env,
    onStart: started => (pid = started),
    onStderr(stderr) {
      const url = /^Serving on (\S+)\n/mu.exec(stderr)?.[1]
      if (url) listening.resolve(url)
    },
  })
  const killNow = (): void => kill(pid)
  process.once('exit', killNow)
  void running.finally(() => process.off('exit', killNow))
  const late = setTimeout(killNow, LISTENING_WITHIN_MS)
  void running.then(({code, stderr}) => listening.reject(new Error(`the sidecar ended with ${code}: ${stderr}`)))
  const url = await listening.promise.finally(() => clearTimeout(late))
  return {
    url,
    pid,
    end: async signal => {
      process.kill(pid, signal)
      return running
    },
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
