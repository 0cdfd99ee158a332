import {expect} from 'chai'

import {crossEncoderReranker} from '#src/adapters/cross-encoder-reranker.js'
import {llmReranker} from '#src/adapters/llm-reranker.js'
import type {RerankReply} from '#src/domain/model-ports.js'

import {type Behaviour, complete, reply, RerankServer} from '../servers/rerank-server.ts'

const CANDIDATES = [
  {id: 'a/1', text: 'Новая линия метро'},
  {id: 'b/2', text: 'Погода\nна завтра'},
]
const LLM = {model: 'm1', temperature: 0.25, max_tokens: 77, timeout_seconds: 0.3, temperature_override_env: null}

async function withServer<T>(behave: Behaviour, body: (url: string, server: RerankServer) => Promise<T>): Promise<T> {
  const server = new RerankServer(behave)
  try {
    return await body(await server.start(), server)
  } finally {
    await server.stop()
  }
}

const llm = (url: string, seed: number | null = 42, signal = new AbortController().signal) =>
  llmReranker({...LLM, url: `${url}/v1`, apiKey: 'k', seed, signal})
const encoder = (url: string) =>
  crossEncoderReranker({url, apiKey: undefined, model_name: 'ce', batch_size: 1, signal: new AbortController().signal})

describe('the llm reranker', () => {
  it('sends model, temperature, length, seed and schema as configured, with a Russian prompt', () =>
    withServer(
      (response, _, count) =>
        complete(response, {
          scores: [
            {id: 2, score: 0.5 + count / 10},
            {id: 1, score: 1},
          ],
        }),
      async (url, {asked}) => {
        const answer = await llm(url).rerank('метро', CANDIDATES, 0)
        expect(answer).to.deep.equal({
          scores: new Map([
            ['b/2', 0.6],
            ['a/1', 1],
          ]),
        })
        await llm(url).rerank('метро', CANDIDATES, 2)
        await llm(url, null).rerank('метро', CANDIDATES, 2)
        const [first, second, third] = asked.map(({body}) => body)
        expect(first).to.include({model: 'm1', temperature: 0.25, max_tokens: 77, seed: 42})
        expect(second!.seed).to.equal(44)
        expect(third).to.not.have.property('seed')
        expect(first!.response_format).to.have.nested.property('json_schema.strict', true)
        expect(first!.messages![0]!.content).to.include('Ты оцениваешь')
        expect(first!.messages![1]!.content).to.equal(
          'Запрос: метро\n\nФрагменты:\n[1] Новая линия метро\n[2] Погода на завтра',
        )
        expect(asked[0]).to.include({path: '/v1/chat/completions', authorization: 'Bearer k'})
      },
    ))

  for (const [reason, what, behave] of [
    ['timeout', 'a server that does not answer', () => undefined],
    ['http_error', 'a server that fails', response => reply(response, 500, 'oops')],
    ['refused', 'a key that is refused', response => reply(response, 401, {})],
    ['parse_error', 'a reply that is not JSON', response => reply(response, 200, '<html>')],
    ['parse_error', 'an answer that is broken JSON', response => complete(response, '{"scores": [{"id": 1')],
    ['parse_error', 'an answer of another shape', response => complete(response, {scores: 'high'})],
    [
      'parse_error',
      'a score outside 0 … 1',
      response =>
        complete(response, {
          scores: [
            {id: 1, score: 7},
            {id: 2, score: 0},
          ],
        }),
    ],
    [
      'parse_error',
      'a score that is a word',
      response =>
        complete(response, {
          scores: [
            {id: 1, score: 'высокая'},
            {id: 2, score: 0},
          ],
        }),
    ],
    [
      'missing_ids',
      'an answer without one of the fragments',
      response => complete(response, {scores: [{id: 1, score: 1}]}),
    ],
    [
      'missing_ids',
      'fragments that were never sent',
      response =>
        complete(response, {
          scores: [
            {id: 1, score: 1},
            {id: 9, score: 1},
          ],
        }),
    ],
    ['refused', 'a model that declines', response => reply(response, 200, {choices: [{message: {refusal: 'no'}}]})],
  ] as const satisfies readonly (readonly [string, string, Behaviour])[])
    it(`calls ${what} a fallback (${reason}), not a score`, () =>
      withServer(behave, async url => {
        const answer: RerankReply = await llm(url).rerank('метро', CANDIDATES, 0)
        expect(answer).to.include({fallback: reason})
        expect(answer).to.not.have.property('scores')
      }))

  it('sends the beginning of a long text, and not half of an emoji', () =>
    withServer(
      response => complete(response, {scores: []}),
      async (url, {asked}) => {
        for (const before of ['', 'я'])
          await llm(url).rerank('метро', [{id: 'a/1', text: before + '🔴'.repeat(5000)}], 0)
        for (const {body} of asked) expect(body.messages![1]!.content).to.match(/\[1\] я?🔴+$/u)
      },
    ))

  it('calls a server that is not there a fallback', async () => {
    const url = await withServer(
      () => undefined,
      async url => url,
    )
    expect(await llm(url).rerank('метро', CANDIDATES, 0)).to.include({fallback: 'http_error'})
  })

  it('stops at once when the run is interrupted', () =>
    withServer(
      () => undefined,
      async url => {
        const stop = new AbortController()
        const asking = llm(url, 1, stop.signal).rerank('метро', CANDIDATES, 0)
        stop.abort(new Error('stopped'))
        const error = await asking.then(
          () => undefined,
          (reason: unknown) => reason,
        )
        expect(error).to.have.property('message', 'stopped')
      },
    ))

  it('needs a URL', () => {
    expect(() =>
      llmReranker({...LLM, url: undefined, apiKey: undefined, seed: 1, signal: new AbortController().signal}),
    ).to.throw('LLM_URL is not set')
  })
})

describe('the cross_encoder reranker', () => {
  it('speaks as Jina and vLLM do, in batches', () =>
    withServer(
      (response, {body}) =>
        reply(response, 200, {results: body.documents!.map((text, index) => ({index, relevance_score: text.length}))}),
      async (url, {asked}) => {
        const answer = await encoder(url).rerank('метро', CANDIDATES, 0)
        expect(answer).to.deep.equal({
          scores: new Map([
            ['a/1', 17],
            ['b/2', 16],
          ]),
        })
        expect(asked.map(({path}) => path)).to.deep.equal(['/rerank', '/rerank'])
        expect(asked[0]!.body).to.include({model: 'ce', query: 'метро'})
      },
    ))

  it('speaks as TEI does when the server wants texts', () =>
    withServer(
      (response, {body}) =>
        body.texts ? reply(response, 200, [{index: 0, score: 0.5}]) : reply(response, 422, {error: 'texts'}),
      async url => {
        const answer = await encoder(url).rerank('метро', CANDIDATES, 0)
        expect(answer).to.deep.equal({
          scores: new Map([
            ['a/1', 0.5],
            ['b/2', 0.5],
          ]),
        })
      },
    ))

  for (const [reason, body] of [
    ['parse_error', {nothing: true}],
    ['parse_error', [{index: 0, score: null}]],
    ['missing_ids', []],
    ['missing_ids', [{index: 3, score: 1}]],
  ] as const)
    it(`calls ${JSON.stringify(body)} a fallback (${reason})`, () =>
      withServer(
        response => reply(response, 200, body),
        async url => expect(await encoder(url).rerank('метро', CANDIDATES, 0)).to.include({fallback: reason}),
      ))
})
