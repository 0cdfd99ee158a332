import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {storeAnswerCache} from '@ep23/llm'
import {isMeasured, type Judge} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {llmJudge} from '#src/adapters/llm-judge.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'

import {chatAt} from '../sample/chat-at.ts'
import {
  answer,
  answerHalf,
  type Behaviour,
  fakeModelServer,
  type FakeModelServer,
  goodJudgement,
  refuse,
} from '../sample/fake-model-server.ts'
import {depsIn, readSamples, requestOf, SCORES} from '../sample/run-parts.ts'
import {samplesOf, sampleOf} from '../sample/samples.ts'

describe('the llm judge', function () {
  this.timeout(120_000)
  let server: FakeModelServer
  let folder: string
  let store = memoryStore()

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-llm-'))
    store = memoryStore()
  })
  afterEach(async () => {
    await server.close()
    rmSync(folder, {recursive: true, force: true})
  })

  interface Changes {
    attempts?: number
    attemptSeconds?: number
    offline?: boolean
    maxSourceCharacters?: number
    model?: string
  }

  async function judgeAt(behave: Behaviour, changes: Changes = {}): Promise<Judge> {
    server = await fakeModelServer(behave)
    return judgeOf(changes)
  }

  function judgeOf({
    attempts = 3,
    attemptSeconds = 2,
    offline = false,
    maxSourceCharacters = 60_000,
    model = 'm',
  }: Changes = {}): Judge {
    return llmJudge({
      chat: chatAt(server.url, {attempts, attemptSeconds, prices: {prompt: 1, completion: 10}}),
      cache: storeAnswerCache(store),
      clock: {now: () => new Date(), monotonic: () => 0},
      endpoint: 'fake',
      model,
      promptVersion: 'digest-ru-1',
      scores: SCORES,
      temperature: 0,
      seed: 23,
      maxSourceCharacters,
      concurrency: 8,
      offline,
    })
  }

  const context = (repeat = 1, signal = new AbortController().signal) => ({answer: 1, repeat, signal})
  const reasonsOf = (scores: Awaited<ReturnType<Judge['judge']>>['scores']) => [
    ...new Set(Object.values(scores).map(score => ('unmeasured' in score ? score.unmeasured : score.value))),
  ]

  it('turns marks with true quotes into scores and records what was sent, answered and paid', async () => {
    const judge = await judgeAt(({body}, response) => answer(response, goodJudgement(body, 9)))
    const judgement = await judge.judge(sampleOf(1), context())
    expect(reasonsOf(judgement.scores)).to.deep.equal([0.9])
    expect(judgement.usage).to.deep.equal({calls: 1, prompt_tokens: 1000, completion_tokens: 100, cost: 0.002})
    expect(judgement.trail).to.include({cached: false, model: 'fake-1', system_fingerprint: 'fp-1'})
    expect(judgement.trail?.sent).to.deep.equal({temperature: 0, seed: 23, json_schema: true})
    expect(server.requests[0]?.headers['traceparent']).to.equal('00-aa-bb-01')
  })

  it('voids the score whose quote stands nowhere in the source, and keeps the others', async () => {
    const judge = await judgeAt(({body}, response) => {
      const judgement = JSON.parse(goodJudgement(body)) as Record<string, {quotes: string[]}>
      judgement['accuracy'] = {...judgement['accuracy'], quotes: ['этого в источнике никогда не было']}
      answer(response, JSON.stringify(judgement))
    })
    const {scores} = await judge.judge(sampleOf(1), context())
    expect(scores['accuracy']).to.include({unmeasured: 'evidence_not_found'})
    expect(isMeasured(scores['coverage'])).to.equal(true)
  })

  it('asks once more after prose, and takes the repaired answer', async () => {
    const judge = await judgeAt(({body, count}, response) =>
      answer(response, count === 1 ? 'Хороший дайджест, ставлю 9!' : goodJudgement(body)),
    )
    const judgement = await judge.judge(sampleOf(1), context())
    expect(reasonsOf(judgement.scores)).to.deep.equal([0.8])
    expect(judgement.trail?.first_reply).to.equal('Хороший дайджест, ставлю 9!')
    expect(judgement.usage?.calls).to.equal(2)
  })

  const BAD: Record<string, {reply: string; extra?: Record<string, unknown>; reason: string; requests: number}> = {
    prose: {reply: 'Оценка 10 из 10', reason: 'invalid_reply', requests: 2},
    'broken JSON': {reply: '{"coverage": {"score": 9', reason: 'invalid_reply', requests: 2},
    'marks outside the scale': {
      reply: JSON.stringify(Object.fromEntries(SCORES.map(s => [s, {why: '', quotes: ['x y'], score: 11}]))),
      reason: 'invalid_reply',
      requests: 2,
    },
    'an empty object': {reply: '{}', reason: 'invalid_reply', requests: 2},
    'a list': {reply: '[1, 1, 1, 1]', reason: 'invalid_reply', requests: 2},
    'an answer cut short': {
      reply: '{"coverage": {"sco',
      extra: {finish_reason: 'length'},
      reason: 'cut_short',
      requests: 1,
    },
    'a refusal': {
      reply: '',
      extra: {message: {role: 'assistant', content: null, refusal: 'не могу'}},
      reason: 'refused',
      requests: 1,
    },
    'a content filter': {reply: '', extra: {finish_reason: 'content_filter'}, reason: 'refused', requests: 1},
  }
  for (const [name, {reply, extra = {}, reason, requests}] of Object.entries(BAD))
    it(`leaves the sample unmeasured after ${name}`, async () => {
      const judge = await judgeAt((_, response) => answer(response, reply, extra))
      const {scores} = await judge.judge(sampleOf(1), context())
      expect(reasonsOf(scores)).to.deep.equal([reason])
      expect(server.requests).to.have.length(requests)
    })

  const TROUBLE: Record<string, {behave: Behaviour; reason: string}> = {
    'answers 500': {behave: (_, response) => refuse(response, 500, 'broken'), reason: 'server_error'},
    'answers 429 for ever': {
      behave: (_, response) => refuse(response, 429, 'slow down', {'retry-after-ms': '20'}),
      reason: 'rate_limited',
    },
    'breaks off in the middle': {behave: (_, response) => answerHalf(response), reason: 'server_error'},
    'never answers': {behave: () => undefined, reason: 'timed_out'},
    'answers something that is no completion': {
      behave: (_, response) => void response.end('<html>'),
      reason: 'server_error',
    },
  }
  for (const [name, {behave, reason}] of Object.entries(TROUBLE))
    it(`gives up in time when the server ${name}`, async () => {
      // One good answer first: a server that never worked ends the run instead.
      const judge = await judgeAt(
        (asked, response) =>
          asked.count === 1 ? answer(response, goodJudgement(asked.body)) : behave(asked, response),
        {attemptSeconds: 0.3},
      )
      await judge.judge(sampleOf(0), context())
      const {scores} = await judge.judge(sampleOf(1), context())
      expect(reasonsOf(scores)).to.deep.equal([reason])
      expect(server.requests).to.have.length(4)
    })

  it('counts what was paid for an answer whose repair failed', async () => {
    const judge = await judgeAt(
      ({count}, response) => (count === 1 ? answer(response, 'проза') : refuse(response, 500, 'broken')),
      {attempts: 1},
    )
    const {scores, usage} = await judge.judge(sampleOf(1), context())
    expect(reasonsOf(scores)).to.deep.equal(['server_error'])
    expect(usage).to.deep.equal({
      calls: 2,
      prompt_tokens: 1000,
      completion_tokens: 100,
      cost: 0.002,
      unknown_calls: 1,
    })
  })

  const UNKNOWN: Record<string, {behave: Behaviour; tokens: number; unknown: number | undefined}> = {
    'is counted when the server reports it without an answer': {
      behave: (_, response) => answer(response, '', {message: {role: 'assistant'}}),
      tokens: 1000,
      unknown: undefined,
    },
    'is nothing when the request was refused': {
      behave: (_, response) => refuse(response, 429, 'slow down', {'retry-after-ms': '10'}),
      tokens: 0,
      unknown: undefined,
    },
    'is unknown when the server fails': {
      behave: (_, response) => refuse(response, 500, 'broken'),
      tokens: 0,
      unknown: 1,
    },
    'is unknown when the answer breaks off': {behave: (_, response) => answerHalf(response), tokens: 0, unknown: 1},
    'is unknown when no answer comes in time': {behave: () => undefined, tokens: 0, unknown: 1},
  }
  for (const [title, {behave, tokens, unknown}] of Object.entries(UNKNOWN))
    it(`accounts for failed attempts: what one cost ${title}`, async () => {
      const judge = await judgeAt(
        (asked, response) =>
          asked.count === 1 ? behave(asked, response) : answer(response, goodJudgement(asked.body)),
        {attemptSeconds: 0.3},
      )
      const {scores, usage} = await judge.judge(sampleOf(1), context())
      expect(reasonsOf(scores)).to.deep.equal([0.8])
      expect(usage).to.include({calls: 2, prompt_tokens: 1000 + tokens})
      expect(usage?.unknown_calls).to.equal(unknown)
    })

  it('does not take an answer without a count for one that cost nothing', async () => {
    const judge = await judgeAt(({body}, response) => answer(response, goodJudgement(body), {}, {usage: undefined}))
    const {usage} = await judge.judge(sampleOf(1), context())
    expect(usage).to.include({calls: 1, prompt_tokens: 0, unknown_calls: 1})
  })

  it('waits as Retry-After says and then gets its score', async () => {
    const times: number[] = []
    const judge = await judgeAt(({body, count}, response) => {
      times.push(performance.now())
      if (count === 1) refuse(response, 429, 'slow down', {'retry-after': '1'})
      else answer(response, goodJudgement(body))
    })
    const {scores} = await judge.judge(sampleOf(1), context())
    expect(reasonsOf(scores)).to.deep.equal([0.8])
    expect((times[1] ?? 0) - (times[0] ?? 0)).to.be.at.least(950)
  })

  it('asks without temperature, seed or schema when the server refuses them, and records it', async () => {
    const judge = await judgeAt(
      ({body}, response) => {
        const refused = (['temperature', 'seed', 'response_format'] as const).find(name => name in body)
        if (refused) refuse(response, 400, `Unsupported parameter: ${refused}`)
        else answer(response, goodJudgement(body))
      },
      {attempts: 5},
    )
    const {scores, trail} = await judge.judge(sampleOf(1), context())
    expect(reasonsOf(scores)).to.deep.equal([0.8])
    expect(trail?.sent).to.deep.equal({temperature: null, seed: null, json_schema: false})
  })

  it('ends the run for a refused key, an unknown model and a server that was never there', async () => {
    const judge = await judgeAt(({body}, response) => refuse(response, body.model === 'm' ? 401 : 404, 'no'))
    expect(await thrownBy(judge.judge(sampleOf(1), context()))).to.include({code: 'LLM_NOT_PERMITTED', exit: 77})
    expect(await thrownBy(judgeOf({model: 'other'}).judge(sampleOf(1), context()))).to.include({code: 'LLM_NO_MODEL'})
    const gone = judgeOf({attempts: 1})
    await server.close()
    expect(await thrownBy(gone.judge(sampleOf(1), context()))).to.include({code: 'LLM_UNREACHABLE', exit: 69})
    server = await fakeModelServer(() => undefined)
  })

  it('answers a second time from the store without asking, and asks anew for another repeat', async () => {
    const judge = await judgeAt(({body}, response) => answer(response, goodJudgement(body)))
    const first = await judge.judge(sampleOf(1), context())
    const second = await judge.judge(sampleOf(1), context())
    expect(server.requests).to.have.length(1)
    expect(second.scores).to.deep.equal(first.scores)
    expect(second.trail).to.include({cached: true, latency_seconds: first.trail?.latency_seconds})
    expect(second.usage).to.deep.equal({calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0})
    await judge.judge(sampleOf(1), context(2))
    expect(server.requests).to.have.length(2)
  })

  it('replays without any request, and leaves unknown questions unmeasured', async () => {
    const judge = await judgeAt(({body}, response) => answer(response, goodJudgement(body)))
    await judge.judge(sampleOf(1), context())
    const offline = judgeOf({offline: true})
    expect(reasonsOf((await offline.judge(sampleOf(1), context())).scores)).to.deep.equal([0.8])
    expect(reasonsOf((await offline.judge(sampleOf(2), context())).scores)).to.deep.equal(['not_in_cache'])
    expect(server.requests).to.have.length(1)
  })

  it('records what it had to cut from the source', async () => {
    const judge = await judgeAt(({body}, response) => answer(response, goodJudgement(body)), {
      maxSourceCharacters: 1000,
    })
    const source = 'Новая комета открыта учёными. '.repeat(50)
    const judgement = await judge.judge(sampleOf(1, {source_text: source}), context())
    expect(judgement.truncated_characters).to.equal(source.length - 1000)
  })

  it('never invents a score: a run against a server in every mood ends, and only good answers count', async () => {
    const moods: Behaviour[] = [
      ({body}, response) => answer(response, goodJudgement(body)),
      (_, response) => answer(response, 'проза'),
      (_, response) => refuse(response, 500, 'broken'),
      (_, response) => refuse(response, 429, 'slow', {'retry-after-ms': '10'}),
      (_, response) => answerHalf(response),
      () => undefined,
      ({body}, response) => void setTimeout(() => answer(response, goodJudgement(body)), 100),
    ]
    // The mood hangs on the sample, so that repairs and retries meet the same one.
    const moodOf = (text: string) => moods[Number(/номер (\d+)/u.exec(text)?.[1] ?? 0) % moods.length]
    const judge = await judgeAt((asked, response) => moodOf(asked.body.messages[1]?.content ?? '')?.(asked, response), {
      attempts: 2,
      attemptSeconds: 0.4,
    })
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(35), judge))
    const lines = readSamples(folder)
    expect(lines).to.have.length(35)
    for (const [index, line] of lines.entries())
      expect(Object.values(line.scores).every(isMeasured), `sample ${index}`).to.equal([0, 6].includes(index % 7))
    expect(result.assessment.by_origin.telegram?.scores['coverage']?.mean.estimate).to.equal(0.8)
    expect(result.assessment.verdict).to.equal('unmeasured')
    expect(result.assessment.samples.measured).to.equal(10)
  })
})

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error,
  )
}
