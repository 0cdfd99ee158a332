import {storeAnswerCache} from '@ep23/llm'
import type {Store} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {llmWriter, type LlmWriterOptions} from '#src/adapters/llm-writer.js'
import {writingPrompt} from '#src/domain/writing-prompt.js'

import {chatAt} from '../sample/chat-at.ts'
import {answer, type Behaviour, fakeModelServer, type FakeModelServer, refuse} from '../sample/fake-model-server.ts'
import {sampleOf} from '../sample/samples.ts'

const GOOD = '- Учёные открыли новую комету.\n- Мэрия Москвы отремонтирует станции метро.'

describe('a language model that writes answers', () => {
  let server: FakeModelServer
  let store: Store
  beforeEach(() => (store = memoryStore()))
  afterEach(() => server.close())

  async function writerAt(behave: Behaviour, changes: Partial<LlmWriterOptions> = {}) {
    server = await fakeModelServer(behave)
    return writerOf(changes)
  }

  const writerOf = (changes: Partial<LlmWriterOptions> = {}) =>
    llmWriter({
      chat: chatAt(server.url, {attempts: 2, attemptSeconds: 1, prices: {prompt: 1, completion: 10}}),
      cache: storeAnswerCache(store),
      clock: {now: () => new Date(), monotonic: () => 0},
      endpoint: 'fake',
      model: 'w',
      prompt: writingPrompt('digest-ru-1')!,
      temperature: null,
      seed: 23,
      concurrency: 4,
      offline: false,
      retune: () => undefined,
      ...changes,
    })

  const context = (number = 1) => ({answer: number, signal: new AbortController().signal})

  it('sees the source and nothing else, with a seed of its own for each answer and the temperature of the server', async () => {
    const writer = await writerAt((_, response) => answer(response, GOOD))
    const sample = sampleOf(1, {ground_truth: {llm_judge: {judge_model: 'm', scores: {coverage: 0.1}}}})
    const written = await writer.write(sample, context(1))
    await writer.write(sample, context(3))
    expect(written).to.deep.include({text: GOOD, missing: null})
    expect(written.usage).to.deep.equal({calls: 1, prompt_tokens: 1000, completion_tokens: 100, cost: 0.002})
    expect(written.trail).to.deep.include({cached: false, model: 'fake-1', sent: {temperature: null, seed: 23}})
    expect(written.latency_seconds).to.be.greaterThan(0)
    const [first, third] = server.requests.map(({body}) => body)
    expect(first).to.not.have.any.keys('temperature', 'response_format')
    expect([first?.seed, third?.seed]).to.deep.equal([23, 25])
    expect(first?.messages[1]?.content).to.equal(`<source>\n${sample.source_text}\n</source>`)
    expect(JSON.stringify(first)).to.not.include(sample.summary_markdown.slice(-30))
  })

  it('writes an answer once, replays it without the server, and leaves what is not stored missing', async () => {
    const writer = await writerAt((_, response) => answer(response, GOOD))
    const first = await writer.write(sampleOf(1), context())
    const offline = writerOf({offline: true})
    const again = await offline.write(sampleOf(1), context())
    expect(again).to.deep.include({text: GOOD, latency_seconds: first.latency_seconds})
    expect(again.usage).to.deep.equal({calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0})
    expect((await offline.write(sampleOf(1), context(2))).missing?.unmeasured).to.equal('not_in_cache')
    expect(server.requests).to.have.length(1)
  })

  it('takes a fence off, and asks once more for what is empty or not in Russian', async () => {
    const writer = await writerAt(({count}, response) =>
      answer(response, ['', '```markdown\n' + GOOD + '\n```'][count - 1] ?? ''),
    )
    const written = await writer.write(sampleOf(1), context())
    expect(written.text).to.equal(GOOD)
    expect(written.usage).to.include({calls: 2, prompt_tokens: 2000})
    expect(server.requests[1]?.body.messages[2]?.content).to.include('он пуст')
  })

  const BAD: Record<string, {behave: Behaviour; reason: string}> = {
    'an empty answer': {behave: (_, response) => answer(response, ' '), reason: 'empty_summary'},
    'an answer in English': {
      behave: (_, response) => answer(response, '- Scientists found a comet.'),
      reason: 'invalid_reply',
    },
    'an answer cut short': {
      behave: (_, response) => answer(response, GOOD, {finish_reason: 'length'}),
      reason: 'cut_short',
    },
    'a refusal': {
      behave: (_, response) => answer(response, '', {message: {role: 'assistant', content: null, refusal: 'нет'}}),
      reason: 'refused',
    },
    'an error of the server': {behave: (_, response) => refuse(response, 500, 'broken'), reason: 'server_error'},
  }
  for (const [name, {behave, reason}] of Object.entries(BAD))
    it(`takes no text from ${name}`, async () => {
      const writer = await writerAt(behave)
      const {text, missing, latency_seconds} = await writer.write(sampleOf(1), context())
      expect({text, latency_seconds}).to.deep.equal({text: null, latency_seconds: null})
      expect(missing?.unmeasured).to.equal(reason)
    })

  it('tells what failed requests may have cost', async () => {
    const writer = await writerAt((_, response) => refuse(response, 500, 'broken'))
    const {usage} = await writer.write(sampleOf(1), context())
    expect(usage).to.deep.equal({calls: 2, prompt_tokens: 0, completion_tokens: 0, cost: null, unknown_calls: 2})
  })
})
