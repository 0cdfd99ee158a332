import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync} from 'node:fs'
import {connect} from 'node:net'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {freePort} from './free-port.ts'

export interface RedisProcess {
  /** With the password, if it has one. */
  url: string
  port: number
  /** As a crash does, between two commands. */
  kill(): Promise<void>
  /** On the same port, with what its append-only file has. */
  start(): Promise<void>
}

/** Debian's Redis with its append-only file on, in a folder of its own. */
export async function startRedis(
  program: string,
  {folder, password}: {folder: string; password?: string},
): Promise<RedisProcess> {
  const port = await freePort()
  const dir = join(folder, 'redis')
  mkdirSync(dir, {recursive: true})
  const secret = password === undefined ? [] : ['--requirepass', password]
  let child: ChildProcess | undefined
  const server: RedisProcess = {
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    port,
    async kill() {
      const running = child
      child = undefined
      if (!running) return
      running.kill('SIGKILL')
      await once(running, 'exit')
    },
    async start() {
      const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir]
      child = spawn(program, [...place, '--appendonly', 'yes', '--save', '', ...secret], {stdio: 'ignore'})
      while (!(await answers(port))) await delay(20)
    },
  }
  await server.start()
  return server
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [data] = (await once(socket, 'data')) as [Buffer]
    return !String(data).includes('LOADING')
  } catch {
    // Not there yet.
    return false
  } finally {
    socket.destroy()
  }
}
