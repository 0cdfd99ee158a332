import {once} from 'node:events'
import {createServer} from 'node:net'

import {Ep23Error, EXIT} from '@ep23/sdk'
import {message} from '../../words/words.js'

/** A port of the loopback address that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(done => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('a listening server has no port')
  return address.port
}

/** @throws INFRA_PORT_TAKEN (69) */
export async function assertFreePort(step: string, port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new Ep23Error(message('portTaken', {port, step, code: String((cause as NodeJS.ErrnoException).code)}), {
      code: 'INFRA_PORT_TAKEN',
      exit: EXIT.unavailable,
      suggestions: [message('leaveOutPort', {step}), message('useExternal', {step})],
      cause,
    })
  } finally {
    await new Promise(done => server.close(done))
  }
}
