import {connect} from 'node:net'

import {expect} from 'chai'
import * as fc from 'fast-check'

import {createGuardedServer, createPageSession, jsonReply} from '../../packages/http/dist/index.js'

import {startMcp} from '../helpers/mcp-client.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {startSidecar} from '../helpers/sidecar.ts'
import {damaged, fuzz} from './fuzz-target.ts'

const BODY = '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "status", "arguments": {}}}'
const SPANS = '{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "aa", "spanId": "bb", "name": "x"}]}]}]}'
const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const REQUESTS = [
  'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /run/%D1%8F/page/1?filter=a&filter=%zz HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\n\r\n',
  post('/mcp', BODY),
  post('/v1/traces', SPANS),
  post('/v1/observe', '{"metric": "rag_variance_ratio", "labels": {"window": "10"}, "value": 1}'),
  `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
]

/** Requests one after another on one connection; the server may close it, and may wait for what is missing. */
const requests = fc.array(damaged(...REQUESTS), {minLength: 1, maxLength: 3}).map(parts => Buffer.concat(parts))

describe('HTTP servers, over raw sockets', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  const ends: (() => Promise<unknown>)[] = []
  const ports: Record<string, number> = {}
  const errors: unknown[] = []

  before(async () => {
    await runEp23(
      ['dataset:seed', '--days', '2', '--minimum', '2', '--until', '2024-12-03', '--channels', '@first_news'],
      {
        cwd: folder.path,
        coverage: false,
      },
    )
    const guarded = createGuardedServer({
      session: createPageSession(),
      allowedHosts: [],
      token: undefined,
      routes: [
        {
          path: '/run/:id/page/:number',
          method: 'GET',
          operation: 'page',
          handle: async ({parameters, query}) => jsonReply(200, {...parameters, filter: query.getAll('filter')}),
        },
        {
          path: '/v1/traces',
          method: 'POST',
          operation: 'traces',
          maxBodyBytes: 4096,
          handle: async ({body}) => jsonReply(200, body),
        },
      ],
      onAnswer: () => undefined,
      onRefusal: () => undefined,
      onError: error => errors.push(error),
    })
    ports['a guarded server'] = await guarded.listen('127.0.0.1', 0)
    ends.push(() => guarded.close())
    const sidecar = await startSidecar(folder.path)
    ports['the sidecar'] = Number(new URL(sidecar.url).port)
    ends.push(() => sidecar.end('SIGTERM'))
    const mcp = await startMcp(folder.path)
    ports['the MCP server'] = Number(new URL(mcp.url).port)
    ends.push(() => mcp.end('SIGTERM'))
  })
  after(async () => {
    for (const end of ends) await end()
    folder.remove()
  })

  for (const name of ['a guarded server', 'the sidecar', 'the MCP server'])
    fuzz(name, requests, async bytes => {
      const answer = await answerTo(ports[name] ?? 0, bytes)
      expect(answer).to.not.match(/^HTTP\/1\.1 500/mu)
      expect(errors).to.deep.equal([])
      expect(answer === '' || answer.startsWith('HTTP/1.1 '), answer).to.equal(true)
    })

  it('still answer', async () => {
    for (const port of Object.values(ports))
      expect((await fetch(`http://127.0.0.1:${port}/none`)).status).to.be.within(400, 499)
  })
})

const QUIET_MS = 60

/** All that the server says until it closes or has nothing more to say. */
function answerTo(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({port, host: '127.0.0.1'}, () => socket.write(bytes))
    const done = (): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(QUIET_MS, done)
    socket.on('data', piece => (answer += piece.toString('latin1'))).on('close', done)
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? reject(error) : done()))
  })
}
