import {expect} from 'chai'

import {embed, LlmClient, LlmFailure, openEndpoint, rerank} from '#src/index.js'

import {type Behaviour, ModelServer, refuses, send} from './model-server.ts'
import {verbatim} from '@ep23/sdk'

const SIGNAL = new AbortController().signal

describe('embeddings and scores of a server', () => {
  let server: ModelServer
  afterEach(() => server.stop())

  async function clientAt(behave: Behaviour): Promise<LlmClient> {
    server = new ModelServer({x: behave})
    await server.start()
    const endpoint = openEndpoint({url: `${server.origin}/x`, neededBy: verbatim('the test needs it')})
    return new LlmClient({endpoint, attempts: 2, attemptSeconds: 2})
  }

  it('are asked for without a format that the server refuses', async () => {
    const client = await clientAt((response, {body}) =>
      'encoding_format' in body
        ? send(response, 422, {detail: [{loc: ['body', 'encoding_format'], msg: 'Extra inputs are not permitted'}]})
        : send(response, 200, {data: [{embedding: [1, 2]}]}),
    )
    expect(await embed(client, {model: 'm', texts: ['а']}, SIGNAL)).to.deep.equal([Float32Array.of(1, 2)])
    expect(server.asked).to.have.length(2)
  })

  it('know an error in a 200, and a spent quota', async () => {
    const client = await clientAt(refuses(200, {error: {message: 'no credits', code: 402}}))
    const failure = await embed(client, {model: 'm', texts: ['а']}, SIGNAL).catch((error: unknown) => error)
    expect(failure).to.be.instanceOf(LlmFailure).and.include({kind: 'quota_spent', message: 'no credits'})
  })

  for (const [name, body, results] of [
    ['Jina and vLLM', {results: [{index: 1, relevance_score: 0.5}]}, [{index: 1, score: 0.5}]],
    ['TEI', [{index: 0, score: 0.25}], [{index: 0, score: 0.25}]],
    ['Voyage', {data: [{index: 0, relevance_score: 1}]}, [{index: 0, score: 1}]],
  ] as const)
    it(`are read as ${name} send them`, async () => {
      const client = await clientAt(refuses(200, body))
      expect(await rerank(client, {model: 'm', query: 'в', texts: ['а', 'б']}, SIGNAL)).to.deep.equal(results)
      expect(server.asked[0]?.path).to.equal('/x/rerank')
    })

  it('are asked for in the other form when the first is wrong', async () => {
    const client = await clientAt((response, {body}) =>
      'texts' in body
        ? send(response, 200, [{index: 0, score: 1}])
        : send(response, 422, {error: 'missing field texts'}),
    )
    expect(await rerank(client, {model: 'm', query: 'в', texts: ['а']}, SIGNAL)).to.have.length(1)
  })

  it('are no list, and say so', async () => {
    const client = await clientAt(refuses(200, {scores: 'high'}))
    const failure = await rerank(client, {model: 'm', query: 'в', texts: ['а']}, SIGNAL).catch(
      (error: unknown) => error,
    )
    expect(failure).to.include({kind: 'unusable', message: 'the reply has no list of results'})
  })
})
