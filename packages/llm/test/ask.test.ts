import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {
  type Asker,
  askJson,
  type JsonQuestion,
  LlmClient,
  openEndpoint,
  RetryingChat,
  storeAnswerCache,
  type StoredAnswer,
} from '#src/index.js'

import {type Behaviour, BROKEN, completion, ModelServer, refuses, says, send} from './model-server.ts'
import {verbatim} from '@ep23/sdk'

const SIGNAL = new AbortController().signal
const QUESTION: JsonQuestion<number> = {
  key: 'k1',
  request: {model: 'm', messages: [{role: 'user', content: 'Сколько?'}]},
  read: json => (typeof (json as {n?: unknown}).n === 'number' ? {value: (json as {n: number}).n} : {problem: 'нет n'}),
  repair: (messages, reply, problem) => [...messages, {role: 'user', content: `${reply} | ${problem}`}],
}

describe('a question to a model', () => {
  let server: ModelServer
  let store = memoryStore()
  beforeEach(() => (store = memoryStore()))
  afterEach(() => server.stop())

  async function askerAt(behave: Behaviour, offline = false): Promise<Asker> {
    server = new ModelServer({x: behave})
    await server.start()
    return askerOf(offline)
  }
  function askerOf(offline = false): Asker {
    const endpoint = openEndpoint({url: `${server.origin}/x/v1`, neededBy: verbatim('the test needs it')})
    const client = new LlmClient({endpoint, attempts: 2, attemptSeconds: 1, prices: {prompt: 1, completion: 1}})
    const clock = {now: () => new Date('2026-01-02T03:04:05Z'), monotonic: () => 0}
    return {chat: new RetryingChat(client), cache: storeAnswerCache(store), clock, offline}
  }
  const stored = async () => Array.fromAsync(store.collection<StoredAnswer>('ep23_judgements').find({}))

  it('is asked once, and answered from the store from then on', async () => {
    const asker = await askerAt(says('{"n": 3}'))
    const first = await askJson(asker, QUESTION, SIGNAL)
    expect(first).to.deep.include({value: 3, cached: false})
    expect(first.usage).to.deep.equal({calls: 1, prompt_tokens: 100, completion_tokens: 20, cost: 0.00012})
    for (const again of [asker, askerOf(true)])
      expect(await askJson(again, QUESTION, SIGNAL)).to.deep.include({
        value: 3,
        cached: true,
        usage: {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0},
      })
    expect(server.asked).to.have.length(1)
    expect(await askJson(askerOf(true), {...QUESTION, key: 'k2'}, SIGNAL)).to.include({unmeasured: 'not_in_cache'})
  })

  it('is asked once more with what was wrong, and both are paid for', async () => {
    const asker = await askerAt((response, {count}) =>
      send(response, 200, completion({content: count === 1 ? 'три' : '{"n": 3}'})),
    )
    const asked = await askJson(asker, QUESTION, SIGNAL)
    expect(asked).to.deep.include({value: 3})
    expect(asked.usage).to.include({calls: 2, prompt_tokens: 200})
    expect(asked.answer).to.include({first_reply: 'три', reply: '{"n": 3}', calls: 2})
    expect(server.asked[1]?.body.messages?.at(-1)?.content).to.equal('три | это не объект JSON')
  })

  const UNUSABLE: Record<string, {behave: Behaviour; unmeasured: string; requests: number}> = {
    'an empty reply': {behave: says(''), unmeasured: 'invalid_reply', requests: 2},
    'thinking that never ends': {behave: says('<think>{"n": 3}'), unmeasured: 'invalid_reply', requests: 2},
    prose: {behave: says('Три.'), unmeasured: 'invalid_reply', requests: 2},
    'half an answer': {behave: says('{"n": 3', {finish_reason: 'length'}), unmeasured: 'cut_short', requests: 1},
    'a refusal': {behave: says('', {finish_reason: 'content_filter'}), unmeasured: 'refused', requests: 1},
    'a page': {behave: BROKEN['page'] ?? says(''), unmeasured: 'server_error', requests: 2},
    'a filter’s 400': {
      behave: refuses(400, {error: {message: 'filtered', code: 'content_filter'}}),
      unmeasured: 'refused',
      requests: 1,
    },
  }
  for (const [name, {behave, unmeasured, requests}] of Object.entries(UNUSABLE))
    it(`gets no value from ${name}, which is not stored: the next run asks again`, async () => {
      let isMended = false
      const asker = await askerAt((response, asked) =>
        isMended ? send(response, 200, completion({content: '{"n": 5}'})) : behave(response, asked),
      )
      const asked = await askJson(asker, QUESTION, SIGNAL)
      expect(asked).to.include({unmeasured, cached: false})
      expect(asked).to.have.property('detail').that.is.a('string').and.is.not.empty
      expect(server.asked).to.have.length(requests)
      expect(await stored()).to.deep.equal([])
      isMended = true
      expect(await askJson(askerOf(), QUESTION, SIGNAL)).to.include({value: 5})
      expect(await stored()).to.have.length(1)
    })

  it('is asked again where an unusable answer was stored by an older version', async () => {
    const asker = await askerAt(says('{"n": 7}'))
    await askJson(asker, QUESTION, SIGNAL)
    const [answer] = await stored()
    if (!answer) expect.fail('nothing was stored')
    await store.collection<StoredAnswer>('ep23_judgements').upsertMany([{...answer, reply: ''}], 'key')
    expect(await askJson(askerOf(true), QUESTION, SIGNAL)).to.include({unmeasured: 'invalid_reply', cached: true})
    expect(await askJson(askerOf(), QUESTION, SIGNAL)).to.include({value: 7, cached: false})
  })

  it('takes an answer at the limit of length that is whole all the same', async () => {
    const asker = await askerAt(says('{"n": 3}', {finish_reason: 'length'}))
    expect(await askJson(asker, QUESTION, SIGNAL)).to.include({value: 3})
  })

  for (const [name, behave, exit] of [
    ['a refused key', refuses(401, {error: 'no'}), 77],
    ['a spent quota', refuses(200, {error: {message: 'no credits', code: 402}}), 77],
    ['a long wait', refuses(429, {error: 'later'}, {'retry-after': '7200'}), 75],
    ['a connection that always breaks', BROKEN['reset'] ?? says(''), 69],
  ] as const)
    it(`ends the run after ${name}`, async () => {
      const asker = await askerAt(behave)
      const outcome = await askJson(asker, QUESTION, SIGNAL).catch((error: unknown) => error)
      expect(outcome).to.include({exit})
    })

  it('costs a sample, not the run, when the server breaks after it has answered', async () => {
    const asker = await askerAt((response, {count}) =>
      count === 1 ? send(response, 200, completion({content: '{"n": 1}'})) : void response.socket?.resetAndDestroy(),
    )
    await askJson(asker, QUESTION, SIGNAL)
    const asked = await askJson(asker, {...QUESTION, key: 'k2'}, SIGNAL)
    expect(asked).to.include({unmeasured: 'unreachable'})
    expect(asked.usage).to.include({calls: 2, unknown_calls: 2, cost: null})
  })

  it('tells what an answer cost whose repair failed', async () => {
    const asker = await askerAt((response, {count}) =>
      count === 1 ? send(response, 200, completion({content: 'нет'})) : send(response, 500, 'boom'),
    )
    const asked = await askJson(asker, QUESTION, SIGNAL)
    expect(asked).to.include({unmeasured: 'server_error', detail: 'status 500: boom'})
    expect(asked.usage).to.deep.equal({
      calls: 3,
      prompt_tokens: 100,
      completion_tokens: 20,
      cost: 0.00012,
      unknown_calls: 2,
    })
  })
})
