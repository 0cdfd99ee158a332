import {join} from 'node:path'

import type {SpanRecord} from '@ep23/sdk'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {
  answer,
  type Asked,
  type Behaviour,
  goodJudgement,
  refuse,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {dataOf, QueueCrew} from '../helpers/queue-crew.ts'
import {withStore} from '../helpers/with-store.ts'

const ANSWER_MS = 100
const RATE = 10
const PAUSE_SECONDS = 2
/** A refusal is known to all workers so soon after it was sent. */
const KNOWN_MS = 250
const SHARED = ['--store', 'shared.sqlite']

describe('limits of a model server over all workers', function () {
  this.timeout(120_000)
  let crew: QueueCrew
  let behave: Behaviour
  const answersAfter =
    (ms: number): Behaviour =>
    ({body}, response) =>
      void setTimeout(() => answer(response, goodJudgement(body)), ms)

  before(async function () {
    crew = await QueueCrew.open(this, (asked, response) => behave(asked, response), {samples: 48})
  })
  beforeEach(() => (behave = answersAfter(ANSWER_MS)))
  after(() => crew?.close())

  /** What the model server was asked meanwhile. */
  async function askedDuring(work: () => Promise<unknown>): Promise<Asked[]> {
    const before = crew.server.requests.length
    await work()
    return crew.server.requests.slice(before)
  }

  it('begins no more questions in a second than --rate says, and one trace has the spans of all workers', async () => {
    await crew.startWorkers(3, '--concurrency', '4', ...SHARED)
    let trace = ''
    const asked = await askedDuring(async () => {
      const ended = await crew.queuedRun('rate', '--rate', String(RATE), ...SHARED, ...crew.newSeed())
      expect(ended.code, ended.stderr).to.equal(0)
      trace = (JSON.parse(ended.stdout) as {trace_id: string}).trace_id
    })
    for (const {code, stderr} of await crew.endWorkers('SIGTERM')) expect(code, stderr).to.equal(0)
    const spans = await spansOf(trace)
    const judged = spans.filter(({name}) => name === 'queue judge')
    expect(judged).to.have.length(asked.length)
    expect(new Set(judged.map(({attributes}) => attributes['worker'])).size).to.equal(3)
    expect(new Set(judged.map(({attributes}) => attributes['sample_id'])).size).to.equal(asked.length)
    expect(spans.map(({name}) => name)).to.include('benchmark:run')

    // When they were begun, and not when they reached the server: the first of a process waits until it has connected.
    const times = judged.map(({started_at}) => started_at.getTime()).toSorted((a, b) => a - b)
    // The first of a second are begun at once, so that the time of the others is what the limit took.
    const measured = ((times.length - RATE) / ((times.at(-1) ?? 0) - (times[0] ?? 0))) * 1000
    // A busy machine asks more slowly; a third would be a limit for each worker.
    expect(measured).to.be.within(0.4 * RATE, 1.1 * RATE)
  })

  it('asks nothing from any worker while a refusal with Retry-After holds', async () => {
    let refusedAt = 0
    behave = (asked, response) => {
      if (refusedAt > 0 || asked.count < first + 12) return answersAfter(2 * KNOWN_MS)(asked, response)
      refusedAt = asked.at
      refuse(response, 429, 'too many', {'retry-after': String(PAUSE_SECONDS)})
    }
    const first = crew.server.requests.length
    await crew.startWorkers(3, '--concurrency', '16', ...SHARED)
    const asked = await askedDuring(async () => {
      const ended = await crew.queuedRun('pause', '--concurrency', '48', ...SHARED, ...crew.newSeed())
      expect(ended.code, ended.stderr).to.equal(0)
    })
    const early = asked.map(({at}) => at - refusedAt).filter(ms => ms > KNOWN_MS && ms < PAUSE_SECONDS * 1000 - 10)
    expect(early).to.deep.equal([])
    expect(asked.filter(({at}) => at > refusedAt)).to.have.length.above(20)
    await crew.endWorkers('SIGTERM')
  })

  it('pays no more than --max-cost and what the workers have begun', async () => {
    await crew.startWorkers(3, '--concurrency', '4', ...SHARED)
    const price = ['--prompt-price', '1000', '--completion-price', '1000', ...crew.newSeed()]
    let cost = 0
    const asked = await askedDuring(async () => {
      // An answer costs 1.1.
      const ended = await crew.queuedRun('cost', '--concurrency', '6', '--max-cost', '11', ...SHARED, ...price)
      const data = dataOf(ended) as {stopped_early: boolean; assessment: {usage: {cost: number}}}
      expect(data.stopped_early, ended.stdout).to.equal(true)
      cost = data.assessment.usage.cost
    })
    expect(asked.length).to.be.within(10, 10 + 6)
    expect(cost).to.be.closeTo(asked.length * 1.1, 0.001)
  })

  function spansOf(trace: string): Promise<SpanRecord[]> {
    return withStore(openStore(join(crew.folder, 'shared.sqlite')), store =>
      Array.fromAsync(store.collection<SpanRecord>('ep23_spans').find({trace_id: trace})),
    )
  }
})
