import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {openStore} from '#src/store/open-store.js'
import type {SpanRecord} from '@ep23/sdk'
import {Ajv2020} from 'ajv/dist/2020.js'
import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {addPeers, makeTeamPlugin} from '../helpers/team-plugin.ts'
import {withStore} from '../helpers/with-store.ts'

const PATIENCE_MS = 120_000
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const root = join(import.meta.dirname, '../..')

describe('the commands over telemetry', () => {
  let folder: ReturnType<typeof temporaryFolder>
  // Reading commands make no store, and without one a run leaves nothing behind.
  beforeEach(async () => {
    folder = temporaryFolder()
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => store.ping())
  })
  afterEach(() => folder.remove())

  async function run(...args: string[]) {
    return runEp23(args, {cwd: folder.path})
  }

  async function json(...args: string[]) {
    const {code, stdout} = await run(...args, '--json')
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return {code, data: JSON.parse(stdout).data}
  }

  /** An earlier output of the command may be written anew, a file of somebody else may not. */
  async function expectOwnReplaced(command: readonly string[], output: string): Promise<void> {
    expect((await run(...command, output)).code).to.equal(0)
    writeFileSync(join(folder.path, 'notes.txt'), 'ours')
    expect((await run(...command, 'notes.txt')).code).to.equal(77)
    expect(readFileSync(join(folder.path, 'notes.txt'), 'utf8')).to.equal('ours')
  }

  async function storeSpans(spans: readonly SpanRecord[]): Promise<void> {
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store =>
      store.collection<SpanRecord>('ep23_spans').upsertMany(spans, 'span_id'),
    )
  }

  describe('traces', () => {
    it('are drawn as a tree with durations, each branch in the order of its starts', async () => {
      await storeSpans([
        span('a', null, {name: 'ответ', seconds: 1}),
        span('c', 'a', {
          name: 'judge',
          startMs: 600,
          seconds: 0.4,
          status: 'error',
          status_message: 'timed\u001B[2Jout',
        }),
        span('b', 'a', {name: 'retrieve', startMs: 0, seconds: 0.5}),
        span('d', 'b', {name: 'query', startMs: 250, seconds: 0.25}),
      ])
      const {stdout} = await run('observability:traces:show', '4bf92f35')
      expect(stdout.split('\n').slice(0, 6)).to.deep.equal([
        `trace ${TRACE}: 4 spans, 1.00 s`,
        '',
        'ответ             1.00 s  ████████████████████████████████  butler-bot',
        '├─ retrieve       500 ms  ████████████████················  butler-bot',
        '│  └─ query       250 ms  ········████████················  butler-bot',
        '└─ judge          400 ms  ···················█████████████  butler-bot  ✗ timed·[2Jout',
      ])
    })

    it('become a page in which nothing of a name is markup', async () => {
      await storeSpans([span('a', null, {name: '<script>alert(1)</script>', seconds: 1})])
      await run('observability:traces:show', TRACE, '--html', 'trace.html')
      const page = readFileSync(join(folder.path, 'trace.html'), 'utf8')
      expect(page).to.include('&#60;script&#62;alert(1)').and.not.include('<script')
      await expectOwnReplaced(['observability:traces:show', TRACE, '--html'], 'trace.html')
    })

    it('show a span whose parent ran elsewhere as a root, and name an unknown or ambiguous trace', async () => {
      await storeSpans([
        span('a', 'f', {name: 'child', seconds: 1}),
        {...span('b', null, {name: 'other', seconds: 1}), trace_id: TRACE.replace(/6$/u, '7')},
      ])
      expect((await run('observability:traces:show', TRACE)).stdout).to.include('child')
      expect((await run('observability:traces:show', '4bf92f35')).code).to.equal(64)
      const unknown = await run('observability:traces:show', 'deadbeef')
      expect([unknown.code, unknown.stderr.includes('deadbeef')]).to.deep.equal([65, true])
    })

    it('are listed, the latest first, and their longest spans too', async () => {
      await storeSpans([
        {...span('a', null, {name: 'old', seconds: 1}), trace_id: TRACE.replaceAll('4', '5')},
        span('b', null, {name: 'new', startMs: 5000, seconds: 2}),
        span('c', 'b', {name: 'part', startMs: 5000, seconds: 0.5, status: 'error'}),
      ])
      const {data} = await json('observability:traces:list')
      expect(
        data.traces.map(({name, spans, errors}: Record<string, unknown>) => ({name, spans, errors})),
      ).to.deep.equal([
        {name: 'new', spans: 2, errors: 1},
        {name: 'old', spans: 1, errors: 0},
      ])
      const slow = await json('observability:traces:slow', '--days', '3660', '--min-seconds', '0.8')
      expect(slow.data.spans.map(({name}: {name: string}) => name)).to.deep.equal(['new', 'old'])
      expect((await json('observability:traces:show', TRACE)).data.spans).to.have.length(2)
    })
  })

  it('prune old spans, runs and logs, and no counter falls by it', async function () {
    this.timeout(PATIENCE_MS)
    await storeSpans([span('a', null, {name: 'old', seconds: 1})])
    mkdirSync(join(folder.path, '.ep23/logs'), {recursive: true})
    for (const file of ['ep23-cli-2020-01-01.log', 'notes-2020-01-01.log'])
      writeFileSync(join(folder.path, '.ep23/logs', file), '')
    for (let index = 0; index < 3; index++) await run('config:explain')
    const counted = 'ep23_runs_total{command="config:explain",outcome="ok"} 3\n'
    expect((await run('observability:metrics')).stdout).to.include(counted)
    const dry = await json('observability:prune', '--run-days', '0', '--dry-run')
    expect(dry.data).to.include({spans: 1, runs: 4, log_files: 1})
    const {data} = await json('observability:prune', '--run-days', '0', '--log-days', '365')
    expect(data).to.include({spans: 1, runs: 5, log_files: 1})
    expect((await run('observability:metrics')).stdout).to.include(counted)
    const again = await json('observability:prune', '--run-days', '365', '--log-days', '365')
    expect(again.data).to.include({spans: 0, runs: 0, log_files: 0})
  })

  it('give the metrics as data as well', async () => {
    const {data} = await json('observability:metrics')
    const names = new Set(data.series.map(({name}: {name: string}) => name))
    expect([...names])
      .to.include('structured_logs_total')
      .and.include('dataset_seed_duration_seconds')
  })

  it('measure what each runtime shows of itself', async function () {
    this.timeout(PATIENCE_MS)
    const {data} = await json('observability:policy', '--lang', 'ru')
    const [cli, mcp, sidecar] = ['ep23-cli', 'ep23-mcp', 'ep23-sidecar'].map(name =>
      data.coverage.find(({service}: {service: string}) => service === name),
    )
    for (const runtime of [cli, sidecar]) {
      expect(runtime).to.deep.include({failure: null}).and.have.property('log_lines').that.is.above(0)
      for (const part of ['metrics', 'log_fields', 'spans']) expect(runtime[part].missing, part).to.deep.equal([])
    }
    expect(mcp).to.be.an('object')
    const elsewhere = data.findings.filter(({metric}: {metric: string}) => metric !== 'ep23-mcp')
    expect(elsewhere).to.deep.equal([])
  })

  it('find a metric that a plugin declares against the rules, and exit 2 with the name of the rule', async function () {
    this.timeout(PATIENCE_MS)
    expect((await json('observability:policy', '--no-live')).code).to.equal(0)
    const plugin = makeTeamPlugin(folder.path)
    addPeers(plugin)
    const metrics = join(plugin, 'metrics.js')
    writeFileSync(metrics, readFileSync(metrics, 'utf8').replace('team_greetings_total', 'team_greetings'))
    await run('plugins', 'link', plugin, '--no-install')
    const {code, data} = await json('observability:policy', '--no-live')
    expect(code).to.equal(2)
    expect(data.findings).to.deep.equal([
      {rule: 'counter-total', metric: 'team_greetings', problem: 'counters, and only counters, end in _total'},
    ])
  })

  it('keep the pages of metrics and labels as the declarations say', async () => {
    const {code, data} = await json('observability:docs', '--check', '--out', join(root, 'docs'))
    expect(data.changed).to.deep.equal([])
    expect(code).to.equal(0)
    const stale = await json('observability:docs', '--check')
    expect([stale.code, stale.data.changed.length]).to.deep.equal([2, 2])
    await json('observability:docs')
    expect((await json('observability:docs', '--check')).code).to.equal(0)
  })

  describe('handoff', () => {
    const handoff = ['observability:handoff', '--epic', 'EP23', '--stage', 'TL-04']

    it('hands over the latest run with its trace, the metrics, and evidence by hash', async function () {
      this.timeout(PATIENCE_MS)
      const done = JSON.parse((await run('config:explain', '--json')).stdout)
      writeFileSync(join(folder.path, 'proof.txt'), 'доказательство')
      writeFileSync(join(folder.path, 'day.json'), '{"summary": "Готово", "stage_id": "TL-99"}')
      const {data} = await json(...handoff, '--template', 'day.json', '--evidence', 'proof.txt')
      expect(data).to.include({summary: 'Готово', stage_id: 'TL-04'})
      expect(data.observability).to.include({
        run_id: done.run_id,
        trace_id: done.trace_id,
        metrics_endpoint_answers: false,
      })
      expect(data.observability.latency_ms).to.be.above(0)
      const sha256 = createHash('sha256').update('доказательство').digest('hex')
      expect(data.evidence).to.deep.equal([{path: 'proof.txt', bytes: 28, sha256}])
      await run(...handoff, '--out', 'handoff.json')
      await expectOwnReplaced([...handoff, '--out'], 'handoff.json')
      expect((await run(...handoff, '--template', 'day.json', '--out', 'day.json')).code).to.equal(0)
    })

    it('has an example that obeys the schema', () => {
      const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
      const ajv = new Ajv2020({allErrors: true, allowUnionTypes: true, formats: {'date-time': true, uri: true}})
      ajv.validate(
        read('plugins/observability/schemas/handoff.schema.json'),
        read('docs/roles/analyst/examples/handoff.json'),
      )
      expect(ajv.errors).to.equal(null)
    })

    it('refuses a stage, a template or a run that cannot be right', async function () {
      this.timeout(PATIENCE_MS)
      expect((await run(...handoff)).stderr).to.include('there is no run to hand over')
      await run('config:explain')
      const wrong = await run('observability:handoff', '--epic', 'EP23', '--stage', 'somewhere')
      expect([wrong.code, wrong.stderr.includes('/stage_id')]).to.deep.equal([65, true])
      writeFileSync(join(folder.path, 'list.json'), '[]')
      expect((await run(...handoff, '--template', 'list.json')).code).to.equal(65)
      expect((await run(...handoff, '--evidence', 'missing')).code).to.equal(64)
    })
  })
})

interface SpanFacts {
  name: string
  startMs?: number
  seconds: number
  status?: SpanRecord['status']
  status_message?: string
}

function span(
  id: string,
  parent: string | null,
  {startMs = 0, seconds, status = 'ok', ...facts}: SpanFacts,
): SpanRecord {
  const start = 1_600_000_000_000 + startMs
  return {
    span_id: id.repeat(16),
    trace_id: TRACE,
    parent_span_id: parent && parent.repeat(16),
    kind: 'internal',
    start_ns: `${start}000000`,
    end_ns: `${start + seconds * 1000}000000`,
    started_at: new Date(start),
    duration_seconds: seconds,
    status,
    attributes: {},
    run_id: 'r',
    service: 'butler-bot',
    ...facts,
  }
}
