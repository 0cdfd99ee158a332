import {once} from 'node:events'
import {connect, createServer, type AddressInfo, type Socket} from 'node:net'

/** What happens to a connection after so many bytes from the client. */
export type Fault = 'reset' | 'half-close' | 'silence'

export interface CuttingProxy {
  port: number
  /** Connections that met the fault. */
  faulted: () => number
  stop: () => Promise<void>
}

/** A TCP proxy before a server on loopback that does something bad to each connection once `after` bytes went through it. */
export async function cuttingProxy(
  target: number,
  {fault, after}: {fault: Fault; after: number},
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
    upstream.pipe(client)
    const meetFault = (chunk: Buffer): void => {
      faulted += 1
      if (fault === 'reset') client.resetAndDestroy()
      if (fault === 'half-close') upstream.end(chunk)
      if (fault === 'silence') client.pause()
    }
    client.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes < after) upstream.write(chunk)
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
