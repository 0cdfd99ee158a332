import {once} from 'node:events'
import {connect} from 'node:net'
import {Readable} from 'node:stream'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {callTool, connectOverHttp, startMcp, type McpOverHttp} from '../helpers/mcp-client.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'

const TOKEN = 'a-token-of-sufficient-length'
const SLOW_CALLERS = 40
const UNKNOWN_TOOLS = 300

type Body = NonNullable<RequestInit['body']>

describe('an MCP server with hostile callers', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  let server: McpOverHttp

  before(async () => {
    server = await startMcp(folder.path, {env: {EP23_OBSERVABILITY_MCP_TOKEN: TOKEN}})
  })
  after(async () => {
    expect((await server.end('SIGTERM')).code).to.equal(0)
    folder.remove()
  })

  const metrics = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text()
  const refusals = async (reason: string): Promise<number> =>
    Number(new RegExp(`^mcp_refusals_total\\{reason="${reason}"\\} (\\d+)$`, 'mu').exec(await metrics())?.[1])

  async function post(body: Body, headers: Record<string, string> = {}): Promise<number> {
    const known = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${TOKEN}`,
    }
    const answer = await fetch(`${server.url}/mcp`, {
      ...{method: 'POST', body, headers: {...known, ...headers}, duplex: 'half'},
    })
    expect(await answer.text()).to.not.include(TOKEN)
    return answer.status
  }

  const call = (name: string, args: unknown = {}): string =>
    JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name, arguments: args}})

  it('hangs up on callers that send a byte a second, and serves honest ones meanwhile', async () => {
    const {hostname, port} = new URL(server.url)
    const slow = Array.from({length: SLOW_CALLERS}, async () => {
      const socket = connect(Number(port), hostname)
      socket.write('POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
      const drip = setInterval(() => socket.writable && socket.write('x'), 1000)
      let answer = ''
      socket.on('data', chunk => (answer += chunk.toString('latin1')))
      socket.on('error', () => undefined)
      await once(socket, 'close')
      clearInterval(drip)
      return answer
    })
    const client = await connectOverHttp(server.url, TOKEN)
    expect((await callTool(client, 'list_channels')).isError).to.equal(false)
    await client.close()
    for (const answer of await Promise.all(slow)) expect(answer).to.match(/^HTTP\/1\.1 408 /u)
    expect(await refusals('timeout')).to.equal(SLOW_CALLERS)
  })

  it('refuses bodies of a hundred megabytes, announced or not', async () => {
    const bodies = [
      new Uint8Array(100 * 1024 * 1024),
      Readable.toWeb(Readable.from(megabytes(100))) as Body,
      'x'.repeat(65_537),
    ]
    // A connection that is cut while the caller still sends is as good as a status.
    const ends = await Promise.all(bodies.map(async body => post(body).catch(() => 'cut')))
    for (const end of ends) expect(end).to.be.oneOf([413, 'cut'])
    expect(ends[2]).to.equal(413)
    expect(await refusals('body_size')).to.equal(3)
  })

  it('refuses what is not JSON-RPC in UTF-8, and stays alive', async () => {
    const broken = [
      await post(Buffer.from(call('list_\xff\xfe'), 'latin1')),
      await post('{"jsonrpc": "2.0", '),
      await post('['.repeat(60_000)),
      await post(gzipSync(Buffer.alloc(10_000_000, 0x20)), {'content-encoding': 'gzip'}),
      await post('{}', {'content-encoding': 'br'}),
      await post('{}', {'content-type': 'text/plain'}),
    ]
    expect(broken).to.deep.equal([400, 400, 400, 413, 415, 415])
    expect(await refusals('encoding')).to.equal(1)
    expect(await refusals('malformed')).to.equal(2)
    expect(await refusals('media_type')).to.equal(2)
  })

  it('refuses other methods and JSON that is nested without end', async () => {
    for (const method of ['PUT', 'PATCH', 'OPTIONS'])
      expect((await fetch(`${server.url}/mcp`, {method, headers: {authorization: `Bearer ${TOKEN}`}})).status).to.equal(
        405,
      )
    expect(
      await raw(
        `TRACE /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nConnection: close\r\n\r\n`,
      ),
    ).to.match(/^HTTP\/1\.1 405 /u)
    const deep = `{"jsonrpc":"2.0","id":1,"method":"ping","params":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    expect(await post(deep)).to.equal(400)
    expect(await post(`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"text":"${'['.repeat(500)}"}}`)).to.equal(200)
  })

  async function raw(bytes: string): Promise<string> {
    const {hostname, port} = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.write(bytes)
    let answer = ''
    socket.on('data', chunk => (answer += chunk.toString('latin1')))
    await once(socket, 'close')
    return answer
  }

  it('refuses wrong, missing and misplaced tokens alike, before it reads the body', async () => {
    const wrong = ['', 'Bearer', 'Bearer x', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN]
    for (const authorization of wrong)
      expect(await post('['.repeat(60_000), {authorization}), authorization).to.equal(401)
    expect(await refusals('token')).to.equal(wrong.length)
  })

  it('keeps what callers make up out of the registry', async () => {
    const names = Array.from({length: UNKNOWN_TOOLS}, (_, index) => `tool-${index}`)
    for (const name of names) expect(await post(call(name))).to.equal(200)
    await post(call('explain_policy_finding', {rule: 'made-up'}))
    await post(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"__proto__","arguments":{"__proto__":{}}}}`,
    )
    const text = await metrics()
    expect(text).to.include(`mcp_requests_total{tool="unknown",status="error"} ${UNKNOWN_TOOLS + 1}\n`)
    expect(text).to.include('mcp_requests_total{tool="explain_policy_finding",status="error"} 1\n')
    expect(text).to.not.match(/tool-\d|made-up|__proto__/u)
  })
})

function* megabytes(count: number): Generator<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield new Uint8Array(1024 * 1024)
}
