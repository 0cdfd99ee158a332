import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {llmReranker} from '#src/adapters/rerankers/llm-reranker.js'
import type {FallbackReason} from '#src/domain/reranker.js'
import {parseMeasure} from '#src/formats/measure-notation.js'
import {type Evaluation, evaluateRetrieval} from '#src/usecases/evaluate/evaluate-retrieval.js'

import {noisyModel} from '../servers/noisy-model.ts'
import {type Behaviour, complete, fragmentsOf, RerankServer} from '../servers/rerank-server.ts'

const QUERIES = Array.from({length: 20}, (_, i) => ({id: `q${i}`, text: `запрос ${i}`}))
const DOCUMENTS = Array.from({length: 8}, (_, i) => ({id: `d${i}`, score: 8 - i}))
const QRELS = new Map(QUERIES.map(({id}, i) => [id, new Map([[`d${i % 8}`, 1]])]))

/** More of them by hand: EP23_SIMULATIONS=100. */
const SIMULATIONS = Number(process.env['EP23_SIMULATIONS'] ?? 10)

async function evaluate(
  behave: Behaviour,
  {seed = 1, runs = 4} = {},
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
      timeout_seconds: 5,
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

  it(`hold the planted ratio within their interval in at least 95 of 100 simulations (${SIMULATIONS} here)`, async () => {
    let covered = 0
    for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
      const {repeatability} = await evaluate(noisyModel({noise: 0.025, salt: `s${simulation}`}))
      const {low, high} = repeatability!.variance_ratio!.ratio
      if (low <= 0.2 && 0.2 <= high) covered++
    }
    expect(covered).to.be.at.least(Math.floor(SIMULATIONS * 0.95))
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
