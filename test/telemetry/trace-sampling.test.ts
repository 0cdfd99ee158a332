import {randomBytes} from 'node:crypto'
import {existsSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {openStore} from '#src/store/open-store.js'
import {createRedactor} from '#src/telemetry/redact.js'
import {createTracer} from '#src/telemetry/tracer.js'
import {isTraceSampled, type SpanRecord} from '@ep23/sdk'
import {ROOT_CONTEXT} from '@opentelemetry/api'
import {SamplingDecision, TraceIdRatioBasedSampler} from '@opentelemetry/sdk-trace-node'
import {expect} from 'chai'

import {sampleOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const SPAN = '00f067aa0ba902b7'
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('the sampled share of traces', () => {
  it('is decided as OpenTelemetry’s SDK decides it, so that processes of both kinds agree', () => {
    const ids = [
      '0'.repeat(31) + '1',
      'f'.repeat(32),
      ...Array.from({length: 2000}, () => randomBytes(16).toString('hex')),
    ]
    for (const share of [0, 1e-9, 0.01, 0.25, 0.5, 0.999, 1]) {
      const sampler = new TraceIdRatioBasedSampler(share)
      const theirs = ids.filter(
        id => sampler.shouldSample(ROOT_CONTEXT, id).decision === SamplingDecision.RECORD_AND_SAMPLED,
      )
      expect(
        ids.filter(id => isTraceSampled(id, share)),
        String(share),
      ).to.deep.equal(theirs)
    }
  })

  function finish(options: {sampleShare: number; parent?: string; status: 'ok' | 'error'}) {
    const clock = {now: () => new Date(0), monotonic: () => 0}
    const {sampleShare, parent, status} = options
    const tracer = createTracer({
      ...{service: 's', runId: 'r', name: 'root', redactor: createRedactor(), clock, sampleShare},
      parent,
    })
    return {traceparent: tracer.traceparent(), ...tracer.finish({status})}
  }

  it('keeps no span of a trace outside it, and tells child processes so', () => {
    const {spans, traceparent} = finish({sampleShare: 0, status: 'ok'})
    expect(spans).to.deep.equal([])
    expect(traceparent).to.match(/-00$/u)
  })

  it('follows the caller’s flag, whatever the id', () => {
    const kept = finish({sampleShare: 0, parent: `00-${TRACE}-${SPAN}-01`, status: 'ok'})
    expect([kept.spans.length, kept.traceparent.slice(-3)]).to.deep.equal([1, '-01'])
    const left = finish({sampleShare: 0.999999, parent: `00-${'0'.repeat(31)}1-${SPAN}-00`, status: 'ok'})
    expect([left.spans.length, left.traceparent.slice(-3)]).to.deep.equal([0, '-00'])
  })

  it('keeps a process that failed, and marks why', () => {
    const [root] = finish({sampleShare: 0, status: 'error'}).spans
    expect(root?.attributes).to.deep.equal({kept_for: 'error'})
    expect(finish({sampleShare: 1, status: 'error'}).spans[0]?.attributes).to.deep.equal({})
  })

  it('keeps everything at 1, also what the caller does not record: the flag then decides only what is sent on', () => {
    expect(finish({sampleShare: 1, parent: `00-${TRACE}-${SPAN}-00`, status: 'ok'}).spans).to.have.length(1)
  })
})

describe('settings of telemetry', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  const ep23 = (args: string[], env: Record<string, string>) => runEp23(args, {cwd: folder.path, env})

  it('leave nothing behind when telemetry is off', async () => {
    const {code, stdout} = await ep23(['config:explain', '--json'], {EP23_TELEMETRY: 'off'})
    expect(code).to.equal(0)
    expect(JSON.parse(stdout).data.settings).to.deep.include({
      key: 'telemetry',
      value: 'off',
      origin: 'environment EP23_TELEMETRY',
    })
    expect(JSON.parse(stdout).trace_id).to.match(/^[\da-f]{32}$/u)
    expect(existsSync(join(folder.path, '.ep23'))).to.equal(false)
  })

  it('let a run move, and clear, its gauges when telemetry is off', async () => {
    writeFileSync(join(folder.path, 'data.jsonl'), `${JSON.stringify(sampleOf(1))}\n`)
    const run = ['benchmark:run', '-s', 'channel_digest_ru', '-d', 'data.jsonl', '-j', 'lexical', '--json']
    const {stdout} = await ep23(run, {EP23_TELEMETRY: 'off'})
    expect(JSON.parse(stdout)).to.have.nested.property('data.assessment.samples.measured', 1)
    rmSync(join(folder.path, '.ep23'), {recursive: true, force: true})
  })

  it('keep the sampled share of the traces, every run, and the traces of what failed', async () => {
    const share = {EP23_TRACE_SAMPLE: '0'}
    // Reading commands make no store, and without one a run leaves nothing behind.
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => store.ping())
    const well = await ep23(['config:explain', '--json'], share)
    expect(JSON.parse(well.stdout).data.settings).to.deep.include({
      key: 'traceSample',
      value: '0',
      origin: 'environment EP23_TRACE_SAMPLE',
    })
    const failed = await ep23(['observability:traces:show', 'ffff', '--json'], share)
    expect(JSON.parse(failed.stdout).error.suggestions.join()).to.include('traceSample')
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => {
      const spans = await Array.fromAsync(store.collection<SpanRecord>('ep23_spans').find({}))
      expect(spans.map(({name, attributes}) => [name, attributes])).to.deep.equal([
        ['observability:traces:show', {kept_for: 'error'}],
      ])
      const runs = await Array.fromAsync(store.collection<{command: string}>('ep23_runs').find({}))
      expect(runs).to.have.length(2)
    })
  })

  it('are refused when they make no sense, by name and place', async () => {
    for (const [env, problem] of [
      [
        {EP23_TRACE_SAMPLE: '1.5'},
        'traceSample must be a share from 0 to 1, and environment EP23_TRACE_SAMPLE says "1.5"',
      ],
      [{EP23_TELEMETRY: 'perhaps'}, 'telemetry must be on or off, and environment EP23_TELEMETRY says "perhaps"'],
    ] as const) {
      const {code, stderr} = await ep23(['config:explain'], env)
      expect(code).to.equal(65)
      expect(stderr.replaceAll(/\s+/gu, ' ')).to.include(problem.split(' and ')[0])
    }
  })
})
