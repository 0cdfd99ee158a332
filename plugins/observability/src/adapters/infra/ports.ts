import {once} from 'node:events'
import {createServer} from 'node:net'

import {Ep23Error, EXIT} from '@ep23/sdk'

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
    throw new Ep23Error(`port ${port} for ${step} is taken or not allowed (${(cause as NodeJS.ErrnoException).code})`, {
      code: 'INFRA_PORT_TAKEN',
      exit: EXIT.unavailable,
      suggestions: [
        `leave out --port ${step}=… to take a free one`,
        `use what runs there: --provider ${step}=external`,
      ],
      cause,
    })
  } finally {
    await new Promise(done => server.close(done))
  }
}
