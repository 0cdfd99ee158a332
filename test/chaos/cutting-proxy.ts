import {once} from 'node:events'
import {connect, createServer, type AddressInfo, type Socket} from 'node:net'

/** What happens to a connection after so many bytes of one side. */
export type Fault = 'reset' | 'half-close' | 'silence' | 'delay'

/** How long each later piece is kept back by a delay. */
const DELAY_MS = 100

export interface CuttingProxy {
  port: number
  /** Connections that met the fault, or pieces that were delayed. */
  faulted: () => number
  stop: () => Promise<void>
}

/** A TCP proxy before a server on loopback that does something bad to each connection once a side has sent `after` bytes through it. */
export async function cuttingProxy(
  target: number,
  {fault, after, side = 'client'}: {fault: Fault; after: number; side?: 'client' | 'server'},
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let faulted = 0
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1')
    let bytes = 0
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    upstream.on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
    const [from, to] = side === 'client' ? [client, upstream] : [upstream, client]
    to.pipe(from)
    const meetFault = (chunk: Buffer): void => {
      faulted += 1
      if (fault === 'reset') client.resetAndDestroy()
      if (fault === 'half-close') to.end(chunk)
      if (fault === 'silence' || fault === 'delay') from.pause()
      if (fault === 'delay') setTimeout(() => (to.write(chunk), from.resume()), DELAY_MS)
    }
    from.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes < after) to.write(chunk)
      else meetFault(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    faulted: () => faulted,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
