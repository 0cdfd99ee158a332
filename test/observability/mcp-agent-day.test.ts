import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {openStore} from '#src/store/open-store.js'
import type {SpanRecord} from '@ep23/sdk'
import type {Client} from '@modelcontextprotocol/client'
import {expect} from 'chai'

import {failure} from '../helpers/failure.ts'
import {
  callTool,
  connectOverHttp,
  startMcp,
  type Answer,
  type CallOptions,
  type McpOverHttp,
} from '../helpers/mcp-client.ts'
import {channelFile, FIVE} from '../helpers/real-channels.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const CALLER = {trace: '5c1f3a0d6be94f1c8a7d2b3e4f506172', span: '00f067aa0ba902b7'}
const TRACEPARENT = `00-${CALLER.trace}-${CALLER.span}-01`
const WHOLE_MONTH = Object.fromEntries(FIVE.map(channel => [`@${channel}`, 30]))

// One server and one client for all of it, as an agent has them; each test goes on where the one before it ended.
describe('an agent’s day over MCP, on five real channels', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  let server: McpOverHttp
  let client: Client
  let benchmarks: Answer[] = []

  before(async () => {
    const channels = FIVE.map(channel => ({name: `@${channel}`, from: channelFile(channel)}))
    const settings = {dataset: {channels, days: 30, minimum: 30, until: '2024-12-03'}}
    writeFileSync(join(folder.path, 'ep23.config.yaml'), JSON.stringify(settings))
    server = await startMcp(folder.path, {args: ['--allow-write']})
    client = await connectOverHttp(server.url)
  })
  after(async () => {
    await client.close()
    await server.end('SIGTERM')
    folder.remove()
  })

  const call = (name: string, args = {}, options: CallOptions = {}): Promise<Answer> =>
    callTool(client, name, args, options)

  async function done(name: string, args = {}, options: CallOptions = {}): Promise<Answer> {
    const answer = await call(name, args, options)
    expect(answer.isError, answer.text).to.equal(false)
    expect(answer.content, answer.text).to.include({status: 'ok'})
    return answer
  }

  it('seeds them with progress, and audits what was written', async () => {
    const lines: string[] = []
    const seeded = await done('seed_dataset', {}, {onprogress: ({message = ''}) => lines.push(message)})
    expect(lines.join('\n')).to.match(/^\[1\/\d+\] Read sources: done in .* posts/mu)
    expect(seeded.text).to.include('@habr: 30 digests (30 new, 0 changed, 0 as before; 0 synthetic)')
    expect((await done('dataset_counts')).content['data'].digests).to.deep.equal({
      total: 150,
      by_channel: WHOLE_MONTH,
    })
    expect((await done('dataset_audit')).text).to.include('verdict pass: 5 channels, 0 findings')
  })

  it('proves the exports, and reads their manifest', async () => {
    const verified = await done('verify_exports')
    expect(verified.content['data'].exporters.map((one: Record<string, unknown>) => [one['passed'], one['records']]))
      // Digests and review reports.
      .to.deep.equal([
        [true, 150],
        [true, 150],
      ])
    expect(verified.text).to.include('digests: passed, 150 records, Merkle root ')
    const {resources} = await client.listResources()
    const uri = resources.find(({name}) => name.endsWith('manifest.json'))?.uri ?? ''
    const [read] = (await client.readResource({uri})).contents
    const manifest = read && 'text' in read ? read.text : ''
    expect(manifest).to.include(verified.content['data'].exporters[0].merkle_root)
  })

  it('benchmarks twice in its own trace and compares the two', async () => {
    const scenario = {scenario: 'channel_digest_ru'}
    benchmarks = [
      await done('run_benchmark', scenario),
      await done('run_benchmark', scenario, {traceparent: TRACEPARENT}),
    ]
    for (const {text} of benchmarks)
      expect(text)
        .to.match(/^telegram: 150 samples, means coverage 0\.\d{4}/mu)
        .and.match(/^gate coverage of telegram: /mu)
    const [before, after] = benchmarks.map(({content}) => content['run_id'])
    const compared = await done('compare_runs', {before, after})
    expect(compared.content['data']).to.include({verdict: 'no_difference'})
    expect(compared.text).to.include(`verdict no_difference: ${after} against ${before}`)
    const {runs} = (await done('list_runs', {command: 'benchmark:run'})).content['data']
    expect(runs.map(({run_id}: Record<string, unknown>) => run_id)).to.deep.equal([after, before])
  })

  it('finds the same trace id in the result, the logs and the store', async () => {
    const {trace_id, run_id} = benchmarks[1]!.content
    expect(trace_id).to.equal(CALLER.trace)
    const spans = await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store =>
      Array.fromAsync(store.collection<SpanRecord>('ep23_spans').find({trace_id})),
    )
    const named = new Map(spans.map(span => [span.name, span]))
    expect(named.get('mcp:run_benchmark')?.parent_span_id).to.equal(CALLER.span)
    expect(named.get('benchmark:run')?.parent_span_id).to.equal(named.get('mcp:run_benchmark')?.span_id)
    expect(named.get('step Judge')?.parent_span_id).to.equal(named.get('benchmark:run')?.span_id)
    const lines = logLines(folder.path)
    expect(lines.find(line => line['msg'] === 'tool called' && line['call_trace_id'] === trace_id)).to.include({
      name: 'ep23-mcp',
      tool: 'run_benchmark',
    })
    const ofRun = lines.filter(line => line['run_id'] === run_id)
    expect(ofRun).to.not.have.length(0)
    expect(new Set(ofRun.map(line => line['trace_id']))).to.deep.equal(new Set([trace_id]))
    const shown = await done('show_trace', {trace_id: CALLER.trace.slice(0, 8)})
    expect(shown.content['data']).to.include({found_trace_id: trace_id, total: spans.length})
    expect(shown.text).to.match(/^└─ benchmark:run +\S+ m?s /mu)
  })

  it('reads what all runs have added to a metric', async () => {
    const {content, text} = await done('query_metric', {name: 'benchmark_digest_records_total'})
    const {series} = content['data']
    expect(Object.fromEntries(series.map(({labels, value}: any) => [labels.channel, value]))).to.deep.equal(WHOLE_MONTH)
    expect(text).to.include('benchmark_digest_records_total{channel="@habr"} 30')
    const one = await done('query_metric', {
      name: 'benchmark_export_duration_seconds',
      labels: {exporter: 'digests'},
    })
    expect(one.text).to.match(/\{exporter="digests"\} count [1-9]\d*, sum \d/u)
  })

  it('cancels a run, which ends as interrupted and leaves the dataset as it was', async () => {
    const cancelling = new AbortController()
    const cancelled = call(
      'seed_dataset',
      {days: 3660, until: '2024-12-03'},
      {signal: cancelling.signal, onprogress: () => cancelling.abort()},
    )
    await failure(cancelled)
    // The caller is not told how a cancelled call ends: the store says so once the command has.
    let outcomes: string[] = []
    for (let tries = 0; outcomes.length === 0 && tries < 100; tries += 1) {
      await new Promise(later => setTimeout(later, 200))
      const {content} = await done('list_runs', {command: 'dataset:seed', outcome: 'interrupted'})
      outcomes = content['data'].runs.map(({outcome}: {outcome: string}) => outcome)
    }
    expect(outcomes).to.deep.equal(['interrupted'])
    expect((await done('dataset_counts')).content['data'].digests.by_channel).to.deep.equal(WHOLE_MONTH)
  })

  it('is told what to do next when a call cannot be done', async () => {
    for (const [name, args, code, next] of [
      ['run_benchmark', {scenario: 'nope'}, 'USAGE', 'channel_digest_ru'],
      ['compare_runs', {before: 'nobody', after: 'latest'}, undefined, ''],
      ['query_metric', {name: 'benchmark_digests'}, 'METRIC_UNKNOWN', 'benchmark_dataset_digests'],
      ['show_trace', {trace_id: 'ffff'}, 'TRACE_UNKNOWN', ''],
      ['seed_dataset', {days: 'many'}, 'USAGE', 'input schema'],
      ['set_retrieval_config', {key: 'retrieval.top_k', value: 3, why: 'test'}, 'MCP_SCOPE', '--allow-owner'],
    ] as const) {
      const {isError, content, text} = await call(name, args)
      expect(isError, name).to.equal(true)
      if (code !== undefined) expect(content['error'].code, name).to.equal(code)
      expect(content['error'].suggestions, name).to.not.have.length(0)
      expect(text, name)
        .to.match(/\nnext: /u)
        .and.include(next)
    }
    expect((await done('explain_policy_finding', {rule: 'counter-total'})).text).to.include('Counters end in _total')
  })
})

function logLines(folder: string): Record<string, unknown>[] {
  const logs = join(folder, '.ep23/logs')
  return readdirSync(logs).flatMap(file =>
    readFileSync(join(logs, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Record<string, unknown>),
  )
}
