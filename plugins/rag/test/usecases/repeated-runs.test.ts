import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {llmReranker} from '#src/adapters/llm-reranker.js'
import type {FallbackReason} from '#src/domain/model-ports.js'
import {parseMeasure} from '#src/formats/measure-notation.js'
import {type Evaluation, evaluateRetrieval} from '#src/usecases/evaluate-retrieval.js'

import {noisyModel} from '../servers/noisy-model.ts'
import {type Behaviour, complete, fragmentsOf, RerankServer} from '../servers/rerank-server.ts'

const QUERIES = Array.from({length: 20}, (_, i) => ({id: `q${i}`, text: `запрос ${i}`}))
const DOCUMENTS = Array.from({length: 8}, (_, i) => ({id: `d${i}`, score: 8 - i}))
const QRELS = new Map(QUERIES.map(({id}, i) => [id, new Map([[`d${i % 8}`, 1]])]))

const SPREAD = 0.05
const PLANTED = [0.05, 0.2, 0.5]

/** Between runs, for this variance ratio with the given spread between documents. */
const noiseFor = (ratio: number): number => SPREAD * Math.sqrt(ratio / (1 - ratio))

/** More of them by hand: EP23_SIMULATIONS=100. */
const SIMULATIONS = Number(process.env['EP23_SIMULATIONS'] ?? 10)

async function evaluate(
  behave: Behaviour,
  {seed = 1, runs = 4, timeout_seconds = 5} = {},
): Promise<Evaluation & {counted: FallbackReason[]}> {
  const server = new RerankServer(behave)
  const counted: FallbackReason[] = []
  try {
    const url = await server.start()
    const {clock, signal} = fakeRuntime()
    const reranker = llmReranker({
      model: 'm',
      temperature: 1,
      max_tokens: 9,
      timeout_seconds,
      temperature_override_env: null,
      url,
      apiKey: undefined,
      seed,
      signal,
    })
    const evaluation = await evaluateRetrieval(
      {
        clock,
        signal,
        search: () => DOCUMENTS,
        textOf: id => `текст ${id}`,
        reranker,
        onFallback: reason => void counted.push(reason),
        onProgress: () => undefined,
      },
      {
        queries: QUERIES,
        qrels: QRELS,
        measures: [parseMeasure('nDCG@10')],
        runs,
        depth: 8,
        candidates: 8,
        delivered: 8,
        seed: 7,
      },
    )
    return {...evaluation, counted}
  } finally {
    await server.stop()
  }
}

describe('repeated runs of a reranker', function () {
  this.timeout(120_000)

  it('have a variance ratio of exactly 0, and equal rankings, when the model has no noise', async () => {
    const {repeatability} = await evaluate(noisyModel({noise: 0}))
    expect(repeatability!.variance_ratio!.ratio).to.include({estimate: 0, low: 0, high: 0})
    expect(repeatability!.rbo).to.be.closeTo(1, 1e-12)
    expect(repeatability!.tau_b).to.be.closeTo(1, 1e-12)
  })

  it('show the noise that was planted: the true ratio lies within the interval', async () => {
    const {repeatability} = await evaluate(noisyModel({noise: 0.025}))
    const {ratio, pairs, unmeasuredPairs} = repeatability!.variance_ratio!
    expect({pairs, unmeasuredPairs}).to.deep.equal({pairs: 160, unmeasuredPairs: 0})
    expect(ratio.low).to.be.lessThan(0.2)
    expect(ratio.high).to.be.greaterThan(0.2)
    expect(repeatability!.rbo).to.be.lessThan(1)
  })

  it(`hold a planted ratio within their interval in at least 95 of 100 simulations (${SIMULATIONS} here)`, async () => {
    let covered = 0
    for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
      const planted = PLANTED[simulation % PLANTED.length]!
      const {repeatability} = await evaluate(noisyModel({noise: noiseFor(planted), salt: `s${simulation}`}))
      const {low, high} = repeatability!.variance_ratio!.ratio
      if (low <= planted && planted <= high) covered++
    }
    expect(covered, `${covered} of ${SIMULATIONS}`).to.be.at.least(Math.floor(SIMULATIONS * 0.95))
  })

  it('count a broken reply as a fallback, keep the first order there, and leave its scores unmeasured', async () => {
    const steady = noisyModel({noise: 0})
    const {repeatability, fallbacks, counted, measures} = await evaluate(
      (response, request, count) => (count % 10 === 0 ? complete(response, '{"sco') : steady(response, request, count)),
      {runs: 3},
    )
    expect(fallbacks).to.deep.include({total: 6, queries_asked: 60})
    expect(fallbacks.by_reason.parse_error).to.equal(6)
    expect(counted).to.have.length(6)
    expect(repeatability!.variance_ratio!.ratio.estimate).to.equal(0)
    expect(repeatability!.variance_ratio!.unmeasuredPairs).to.equal(16)
    expect(measures[0]!.mean).to.be.within(0, 1)
  })

  it('count time-outs, broken JSON and missing documents by their reason, and make no score of them', async () => {
    const steady = noisyModel({noise: 0})
    const noReply: Behaviour = () => undefined
    const broken: Behaviour = response => complete(response, '{"scores": [{"id": 1, "sc')
    const missing: Behaviour = response => complete(response, {scores: [{id: 1, score: 0.99}]})
    const bad = [noReply, broken, missing]
    // The queries q0, q1 and q2 never get a usable reply, all others always do.
    const behave: Behaviour = (response, request, count) =>
      (bad[(count - 1) % QUERIES.length] ?? steady)(response, request, count)
    const {fallbacks, repeatability, repeats, per_query} = await evaluate(behave, {runs: 3, timeout_seconds: 0.2})
    expect(fallbacks).to.deep.include({total: 9, queries_asked: 60})
    expect(fallbacks.by_reason).to.include({timeout: 3, parse_error: 3, missing_ids: 3, http_error: 0, refused: 0})
    for (const {run, reranked} of repeats)
      for (const query of ['q0', 'q1', 'q2']) {
        expect(reranked.get(query)!.scores).to.equal(undefined)
        expect(run.get(query)).to.deep.equal(DOCUMENTS)
      }
    expect(repeatability!.variance_ratio).to.include({queries: 17, unmeasuredPairs: 24})
    expect(repeatability!.variance_ratio!.ratio).to.include({estimate: 0, low: 0, high: 0})
    // What the first stage's order is worth: the answer of query i stands at place i + 1.
    const places = per_query.slice(0, 3).map(({values}) => values[0])
    expect(places).to.deep.equal([1, 2, 3].map(place => 1 / Math.log2(place + 1)))
  })

  it('rank otherwise for whoever was served the first order instead: RBO and tau-b show it', async () => {
    const steady = noisyModel({noise: 0})
    const {repeatability, fallbacks} = await evaluate(
      // Of 20 queries, others in each run.
      (response, request, count) => (count % 7 < 3 ? complete(response, 'no') : steady(response, request, count)),
      {runs: 5},
    )
    expect(fallbacks).to.include({total: 44, queries_asked: 100})
    expect(repeatability!.variance_ratio!.ratio.high).to.equal(0)
    expect(repeatability!.rbo).to.be.below(0.9)
    expect(repeatability!.tau_b).to.be.below(0.9)
  })

  it('measure nothing when no reply can be used: no score is invented', async () => {
    const {repeatability, fallbacks} = await evaluate(response => complete(response, 'no'), {runs: 3})
    expect(fallbacks).to.include({total: 60, queries_asked: 60})
    expect(repeatability).to.include({rbo: null, tau_b: null, variance_ratio: null})
  })

  it('let the reranker decide the order', async () => {
    const best: Behaviour = (response, request) => {
      const wanted = Number(/запрос (\d+)/u.exec(request.body.messages![1]!.content)![1]) % 8
      complete(response, {
        scores: fragmentsOf(request).map((text, i) => ({id: i + 1, score: text.endsWith(`d${wanted}`) ? 1 : 0})),
      })
    }
    expect((await evaluate(best, {runs: 1})).measures[0]!.mean).to.equal(1)
  })
})
