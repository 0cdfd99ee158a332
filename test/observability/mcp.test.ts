import {readFile, symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {request} from 'node:http'

import {openStore} from '#src/store/open-store.js'
import type {SpanRecord} from '@ep23/sdk'
import type {Client} from '@modelcontextprotocol/client'
import {expect} from 'chai'

import {failure} from '../helpers/failure.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {callTool, connectOverHttp, connectOverStdio, startMcp, type McpOverHttp} from '../helpers/mcp-client.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const TOKEN = 'a-token-of-sufficient-length'
const CALLER = {trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7'}
const TRACEPARENT = `00-${CALLER.trace}-${CALLER.span}-01`

describe('observability:mcp', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: McpOverHttp | undefined
  const clients: Client[] = []
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(async client => client.close()))
    await server?.end('SIGKILL')
    server = undefined
    folder.remove()
  })

  async function overStdio(...args: string[]): Promise<Client> {
    const client = await connectOverStdio(folder.path, args)
    clients.push(client)
    return client
  }

  const stored = async <T extends object>(collection: string, filter: Record<string, string>): Promise<T[]> =>
    withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store =>
      Array.fromAsync(store.collection<T>(collection).find(filter)),
    )

  it('seeds over stdio with progress, in the trace of the caller, and counts what was written', async () => {
    const client = await overStdio('--allow-write')
    const lines: string[] = []
    const seeded = await callTool(
      client,
      'seed_dataset',
      {channels: ['@habr']},
      {traceparent: TRACEPARENT, onprogress: ({message = ''}) => lines.push(message)},
    )
    expect(seeded.isError, JSON.stringify(seeded.content)).to.equal(false)
    expect(seeded.content).to.include({command: 'dataset:seed', status: 'ok', trace_id: CALLER.trace})
    expect(lines.some(line => /^\[1\/\d+\] /u.test(line))).to.equal(true)

    const [run] = await stored<{trace_id: string; command: string}>('ep23_runs', {run_id: seeded.content['run_id']})
    expect(run).to.include({trace_id: CALLER.trace, command: 'dataset:seed'})
    const spans = await stored<SpanRecord>('ep23_spans', {trace_id: CALLER.trace})
    const call = spans.find(span => span.name === 'mcp:seed_dataset')
    expect(call).to.include({parent_span_id: CALLER.span, service: 'ep23-mcp', status: 'ok'})
    expect(spans.find(span => span.name === 'dataset:seed')?.parent_span_id).to.equal(call?.span_id)
    expect(seeded.traceparent).to.equal(`00-${CALLER.trace}-${call?.span_id}-01`)

    const {content: counts} = await callTool(client, 'dataset_counts')
    expect(counts['data'].digests).to.deep.equal({total: 30, by_channel: {'@habr': 30}})
    expect(counts['data'].review_reports).to.deep.equal({total: 30, by_channel: {'@habr': 30}})
    const {content: shown} = await callTool(client, 'show_trace', {trace_id: CALLER.trace})
    expect(shown['data'].spans.map((span: SpanRecord) => span.name)).to.include('dataset:seed')
    const {content: runs} = await callTool(client, 'list_runs', {command: 'dataset:seed'})
    expect(runs['data'].runs).to.have.length(1)
    expect(runs['data'].runs[0]).to.include({run_id: seeded.content['run_id'], outcome: 'ok'})

    await symlink('/etc/hostname', join(folder.path, 'datasets/snapshots/link.json'))
    const {resources} = await client.listResources()
    const counted = resources.find(({name}) => name.endsWith('channel_counts.json'))
    const own = await client.readResource({uri: counted?.uri ?? ''})
    expect(own.contents[0]).to.have.property(
      'text',
      await readFile(join(folder.path, 'datasets', counted?.name ?? ''), 'utf8'),
    )
    expect(resources.map(({name}) => name)).to.not.include('snapshots/link.json')
    for (const path of ['snapshots/link.json', 'snapshots/../../.ep23/store.sqlite', '../ep23.config.yaml'])
      expect(String(await failure(client.readResource({uri: `ep23://evidence/${path}`})))).to.include('no evidence')
  })

  it('interrupts the command of a call that is cancelled over stdio, and goes on', async () => {
    const client = await overStdio('--allow-write')
    const cancelling = new AbortController()
    const call = callTool(
      client,
      'seed_dataset',
      {days: 3660},
      {signal: cancelling.signal, traceparent: TRACEPARENT, onprogress: () => cancelling.abort()},
    )
    await failure(call)
    // The caller is not told how a cancelled call ends: the store says so once the command has.
    let runs: {outcome: string}[] = []
    for (let tries = 0; runs.length === 0 && tries < 100; tries += 1) {
      await new Promise(done => setTimeout(done, 200))
      const {content} = await callTool(client, 'list_runs', {command: 'dataset:seed'})
      runs = content['data'].runs
    }
    expect(runs.map(({outcome}) => outcome)).to.deep.equal(['interrupted'])
  })

  it('offers no tool that writes unless it may, and says what is wrong with arguments', async () => {
    const client = await overStdio()
    const {tools} = await client.listTools()
    expect(tools.map(({name}) => name))
      .to.include('list_channels')
      .and.not.include('seed_dataset')
    expect(tools.every(({annotations}) => annotations?.readOnlyHint)).to.equal(true)
    const refused = await callTool(client, 'seed_dataset')
    expect(refused.isError).to.equal(true)
    expect(refused.content['error'].message).to.include('--allow-write')
    const wrong = await callTool(client, 'show_trace', {trace_id: '../x'})
    expect(wrong.content['error']).to.include({code: 'USAGE'})
    expect((await callTool(client, 'compare_runs', {before: '--help', after: 'x'})).isError).to.equal(true)
    const {content} = await callTool(client, 'list_channels')
    expect(content['data'].channels[0]).to.deep.equal({channel: '@naked_science', configured: true, digests: 0})
  })

  it('serves the same over http behind its guards, counts every call, and ends well on SIGTERM', async () => {
    server = await startMcp(folder.path, {args: ['--json'], env: {EP23_OBSERVABILITY_MCP_TOKEN: TOKEN}})
    const client = await connectOverHttp(server.url, TOKEN)
    clients.push(client)
    // Reading commands make no store; where there is none, a run cannot be kept either.
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => store.ping())
    const audited = await callTool(client, 'dataset_audit', {}, {traceparent: TRACEPARENT})
    expect(audited.content, 'an empty store cannot be audited').to.include({status: 'error', trace_id: CALLER.trace})
    const [run] = await stored<{command: string}>('ep23_runs', {run_id: audited.content['run_id']})
    expect(run).to.include({command: 'dataset:audit', trace_id: CALLER.trace})
    const explained = await callTool(client, 'explain_policy_finding', {rule: 'counter-total'})
    expect(explained.content['data'].demands).to.include('_total')
    expect((await callTool(client, 'show_trace', {trace_id: 5})).isError).to.equal(true)
    expect((await callTool(client, 'x'.repeat(5000))).isError).to.equal(true)

    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    for (const series of [
      'mcp_requests_total{tool="dataset_audit",status="error"} 1',
      'mcp_requests_total{tool="show_trace",status="error"} 1',
      'mcp_requests_total{tool="unknown",status="error"} 1',
      'mcp_request_duration_seconds_count{tool="dataset_audit"} 1',
      'structured_logs_total{service="ep23-mcp",level="info"}',
    ])
      expect(metrics).to.include(series)
    expect(metrics).to.not.include('xxxxx')

    const {port} = new URL(server.url)
    const guarded = [
      await statusOf(port, {host: 'evil.example'}),
      await statusOf(port, {origin: 'http://evil.example'}),
      await statusOf(port, {authorization: 'Bearer wrong'}),
      await statusOf(port, {}),
      await statusOf(port, {authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json'}, 'x'.repeat(70_000)),
    ]
    expect(guarded).to.deep.equal([403, 403, 401, 401, 413])
    await client.close()
    const {code, stdout} = await server.end('SIGTERM')
    server = undefined
    expect(code).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
  })
})

async function statusOf(port: string, headers: Record<string, string>, body = '{}'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({host: '127.0.0.1', port, path: '/mcp', method: 'POST', headers}, response => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
