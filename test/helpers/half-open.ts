import {connect, type Socket} from 'node:net'

export interface HalfOpenCallers {
  /** How often the server closed one; each came again at once. */
  closed(): number
  stop(): void
}

/**
 * Callers that send `bytes`, never finish and never close: the server's end of the connection stays in FIN-WAIT-2. Whoever
 * learns that the server has closed opens the next one, until `stop`.
 * @param reads false for callers that do not even take what they are sent
 */
export async function holdHalfOpen(
  url: string,
  count: number,
  {bytes, reads}: {bytes: string; reads: boolean},
): Promise<HalfOpenCallers> {
  const {hostname, port} = new URL(url)
  const sockets: Socket[] = []
  let closed = 0
  let stopped = false
  const open = (): Promise<void> =>
    new Promise(resolve => {
      const socket = connect({port: Number(port), host: hostname, allowHalfOpen: true}, () => {
        socket.write(bytes)
        resolve()
      })
      sockets.push(socket)
      const again = (): void => {
        closed += 1
        socket.off('end', again).off('error', again)
        socket.on('error', () => undefined)
        resolve()
        if (!stopped) setTimeout(() => void open(), 250)
      }
      socket.once('end', again).once('error', again)
      if (reads) socket.resume()
    })
  for (let index = 0; index < count; index += 1) await open()
  return {
    closed: () => closed,
    stop() {
      stopped = true
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Asks one after another from `callers` sides for `seconds`. @returns how many were answered, and what failed */
export async function honestLoad(
  ask: () => Promise<number>,
  {seconds, callers}: {seconds: number; callers: number},
): Promise<{answered: number; failures: string[]}> {
  const until = performance.now() + seconds * 1000
  const failures: string[] = []
  let answered = 0
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      const outcome = await ask().catch((error: Error & {cause?: Error}) => `${error.message}: ${error.cause?.message}`)
      if (outcome === 200) answered += 1
      else failures.push(String(outcome))
    }
  }
  await Promise.all(Array.from({length: callers}, caller))
  return {answered, failures}
}
