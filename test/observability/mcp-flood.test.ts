import {readdirSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {openStore} from '#src/store/open-store.js'
import type {SpanRecord} from '@ep23/sdk'
import {expect} from 'chai'

import {callTool, connectOverStdio, startMcp, type McpOverHttp} from '../helpers/mcp-client.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const WILD = 'the-token-of-a-wild-agent'
const CALM = 'the-token-of-a-calm-agent'
const CALLS = 3000
const AT_ONCE = 40

describe('an MCP server with an agent that runs wild', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  async function post({url}: McpOverHttp, token: string): Promise<number> {
    const params = {name: 'explain_policy_finding', arguments: {rule: 'metric-name'}}
    const answer = await fetch(`${url}/mcp`, {
      method: 'POST',
      body: JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params}),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${token}`,
      },
    })
    await answer.text()
    return answer.status
  }

  it('turns it away by its token, serves the others of its scope, and fills neither log nor store', async () => {
    const tokens = join(folder.path, 'tokens')
    writeFileSync(tokens, `read ${WILD}\nread ${CALM}\n`, {mode: 0o600})
    const server = await startMcp(folder.path, {args: ['--token-file', tokens]})
    const from = performance.now()
    const statuses: number[] = []
    let left = CALLS
    const caller = async (): Promise<void> => {
      for (; left > 0;) {
        left -= 1
        statuses.push(await post(server, WILD))
      }
    }
    await Promise.all(Array.from({length: AT_ONCE}, caller))
    const seconds = (performance.now() - from) / 1000
    expect(await post(server, CALM), 'the calm agent').to.equal(200)
    const served = statuses.filter(status => status === 200).length
    expect(served, 'served').to.be.within(1000, 1001 + Math.ceil(50 * seconds))
    expect(statuses.filter(status => status === 429).length).to.equal(CALLS - served)
    expect((await server.end('SIGTERM')).code).to.equal(0)

    const kept = 101 + Math.ceil((performance.now() - from) / 1000)
    expect(await countSpans(folder.path), 'spans').to.be.within(100, kept + 1)
    expect(logBytes(folder.path), 'bytes of log').to.be.below(kept * 1000 + 10_000)
  })

  it('answers it over stdio with when to call again', async () => {
    const client = await connectOverStdio(folder.path)
    const codes = new Map<string, number>()
    for (let batch = 0; batch < CALLS / AT_ONCE; batch += 1) {
      const calls = Array.from({length: AT_ONCE}, () =>
        callTool(client, 'explain_policy_finding', {rule: 'metric-name'}),
      )
      for (const {content} of await Promise.all(calls)) {
        const code = content['error']?.code ?? 'ok'
        codes.set(code, (codes.get(code) ?? 0) + 1)
      }
    }
    await client.close()
    expect([...codes.keys()]).to.have.members(['ok', 'MCP_TOO_MANY_CALLS'])
    expect(codes.get('ok')).to.be.at.least(1000)
  })
})

async function countSpans(cwd: string): Promise<number> {
  return withStore(openStore(join(cwd, '.ep23/store.sqlite')), async store => {
    const names = await store.collection<SpanRecord>('ep23_spans').countBy({service: 'ep23-mcp'}, 'name')
    return names.get('mcp:explain_policy_finding') ?? 0
  })
}

function logBytes(cwd: string): number {
  const logs = join(cwd, '.ep23/logs')
  return readdirSync(logs).reduce((sum, name) => sum + statSync(join(logs, name)).size, 0)
}
