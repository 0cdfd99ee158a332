import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {Agent, get, type IncomingMessage} from 'node:http'
import {connect} from 'node:net'
import {setTimeout} from 'node:timers/promises'

import {expect} from 'chai'

import {holdHalfOpen, honestLoad} from '../helpers/half-open.ts'
import {startMcp} from '../helpers/mcp-client.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {startSidecar} from '../helpers/sidecar.ts'

const CALLERS = 4
const HOSTILE = 128
/** EP23_LOAD_SECONDS=30 for the long form. */
const SECONDS = Number(process.env['EP23_LOAD_SECONDS'] ?? 2)
const MOST_GROWTH = 64 * 1024 * 1024

const ATTACKS = {
  'half a header': 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'half a body':
    'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
  'a whole request and half of the next':
    'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'two whole requests and half of the next': `${'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2)}GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: `,
  'many requests whose answers are never read': 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(400),
}

const SERVERS = {
  'a sidecar': (cwd: string) => startSidecar(cwd),
  'an MCP server': (cwd: string) => startMcp(cwd),
}

for (const [name, start] of Object.entries(SERVERS))
  describe(`${name} beside ${HOSTILE} callers that never finish`, function () {
    this.timeout(240_000)
    let folder: ReturnType<typeof temporaryFolder>
    let server: Awaited<ReturnType<typeof start>>

    before(async () => {
      folder = temporaryFolder()
      server = await start(folder.path)
    })
    after(async () => {
      expect((await server.end('SIGTERM')).code).to.equal(0)
      folder.remove()
    })

    const fetched = async (): Promise<number> => {
      const answer = await fetch(`${server.url}/metrics`, {signal: AbortSignal.timeout(10_000)})
      await answer.arrayBuffer()
      return answer.status
    }
    /**
     * A kept connection may be given up in the moment of its next request: browsers and proxies then ask once more. The client sees its
     * end, or a reset where its request came after that.
     */
    const GIVEN_UP = ['ECONNRESET', 'UND_ERR_SOCKET']
    const ask = (): Promise<number> =>
      fetched().catch((error: Error & {cause?: {code?: string}}) => {
        if (!GIVEN_UP.includes(error.cause?.code ?? '')) throw error
        return fetched()
      })

    /** On a connection of the agent. @returns whether it was there already */
    const askBy = async (agent: Agent): Promise<boolean> => {
      const request = get(`${server.url}/metrics`, {agent})
      const [answer] = (await once(request, 'response')) as [IncomingMessage]
      await once(answer.resume(), 'end')
      return request.reusedSocket
    }

    it('keeps the connection of a caller that came back, and gives up those that asked once', async () => {
      const agent = new Agent({keepAlive: true, maxSockets: 1})
      await askBy(agent)
      await askBy(agent)
      const bytes = ATTACKS['a whole request and half of the next']
      const hostile = await holdHalfOpen(server.url, HOSTILE + 8, {bytes, reads: true})
      try {
        // The honest connection is the oldest: whoever was cut before these would have been it.
        while (hostile.closed() < 4) await setTimeout(10)
        expect(await askBy(agent)).to.equal(true)
      } finally {
        hostile.stop()
        agent.destroy()
      }
    })

    it('serves who comes anew and asks again a while later, although all others came back as well', async () => {
      const askTwice = async (): Promise<number> => {
        const agent = new Agent({keepAlive: true, maxSockets: 1})
        try {
          await askBy(agent)
          await setTimeout(50)
          await askBy(agent)
          return 200
        } finally {
          agent.destroy()
        }
      }
      const bytes = ATTACKS['two whole requests and half of the next']
      const hostile = await holdHalfOpen(server.url, HOSTILE + 32, {bytes, reads: true})
      try {
        const {answered, failures} = await honestLoad(askTwice, {seconds: SECONDS, callers: CALLERS})
        expect(failures).to.deep.equal([])
        expect(answered).to.be.at.least(CALLERS)
      } finally {
        hostile.stop()
      }
    })

    for (const [attack, bytes] of Object.entries(ATTACKS))
      it(`serves honest callers while they send ${attack}`, async () => {
        expect(await ask()).to.equal(200)
        const before = residentBytes(server.pid)
        const hostile = await holdHalfOpen(server.url, HOSTILE, {bytes, reads: !attack.includes('never read')})
        try {
          const {answered, failures} = await honestLoad(ask, {seconds: SECONDS, callers: CALLERS})
          expect(failures).to.deep.equal([])
          expect(answered).to.be.at.least(CALLERS)
          const grown = residentBytes(server.pid) - before
          expect(grown).to.be.below(MOST_GROWTH)
          if (SECONDS >= 30)
            console.log(
              `      ${answered} answers, ${hostile.closed()} hostile connections cut, memory ${grown >> 20} MiB`,
            )
        } finally {
          hostile.stop()
        }
      })

    it('closes what it has refused, although the caller does not', async () => {
      const {hostname, port} = new URL(server.url)
      const socket = connect({port: Number(port), host: hostname, allowHalfOpen: true})
      let answer = ''
      socket.on('data', chunk => (answer += chunk.toString('latin1')))
      socket.write('nonsense\r\n\r\n')
      await once(socket, 'end')
      expect(answer).to.match(/^HTTP\/1\.1 400 /u)
      // A socket that is gone answers what is still sent with a reset.
      const gone = once(socket, 'error')
      const probe = setInterval(() => socket.write('x'), 100)
      await gone.finally(() => clearInterval(probe)).catch(() => undefined)
      expect(socket.destroyed).to.equal(true)
    })
  })

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}
