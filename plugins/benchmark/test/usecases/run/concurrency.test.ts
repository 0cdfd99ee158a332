import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import type {ServerResponse} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {AdaptiveLimit, storeAnswerCache} from '@ep23/llm'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {llmJudge} from '#src/adapters/llm-judge.js'
import {lexicalJudge} from '#src/adapters/offline-judges.js'
import {reloadConcurrency, Semaphore} from '#src/usecases/run/concurrency.js'
import {localExecutor} from '#src/usecases/run/local-executor.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'

import {chatAt} from '../../sample/chat-at.ts'
import {answer, fakeModelServer, goodJudgement} from '../../sample/fake-model-server.ts'
import {depsIn, requestOf, SCORES} from '../../sample/run-parts.ts'
import {samplesOf} from '../../sample/samples.ts'

describe('the concurrency of a run that goes on', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-run-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('follows the file in its folder, up and down, against a real server', async () => {
    // Requests that wait for their answer; each step of the test answers them all at once.
    const waiting: (() => void)[] = []
    const seen: number[] = []
    let [limit, step] = [1, 0]
    const write = (text: string): void => writeFileSync(join(folder, 'concurrency'), `${text}\n`)
    const release = (): void => waiting.splice(0).forEach(go => go())
    const onRequest = (): void => {
      seen.push(waiting.length)
      if (step === 0 && waiting.length === 1) write('6')
      if (step === 1 && waiting.length === 6) write('2')
      if (step === 2) release()
    }
    const server = await fakeModelServer(({body}, response: ServerResponse) => {
      waiting.push(() => answer(response, goodJudgement(body)))
      onRequest()
    })
    const requests = new AdaptiveLimit(limit)
    const judge = llmJudge({
      chat: chatAt(server.url, {attempts: 2, attemptSeconds: 20, limit: requests}),
      cache: storeAnswerCache(memoryStore()),
      clock: {now: () => new Date(), monotonic: () => 0},
      endpoint: 'fake',
      model: 'm',
      promptVersion: 'digest-ru-1',
      scores: SCORES,
      temperature: 0,
      seed: 23,
      maxSourceCharacters: 60_000,
      concurrency: limit,
      offline: false,
      retune: concurrency => requests.resize(concurrency),
    })
    const deps = depsIn(folder)
    const logger = {
      ...deps.logger,
      info: ({concurrency}: Record<string, unknown>) => {
        limit = Number(concurrency)
        step += 1
        if (step === 2) {
          seen.length = 0
          release()
        }
      },
    }
    const {result} = await runBenchmark({...deps, logger}, requestOf(samplesOf(24), judge))
    await server.close()
    expect(limit).to.equal(2)
    expect(Math.max(...seen)).to.be.at.most(2)
    expect(result.assessment.samples.measured).to.equal(24)
    expect(server.requests).to.have.length(24)
  })

  it('stays as it is, and says so, for what is no number of requests', () => {
    const told: string[] = []
    const tuned: number[] = []
    let write: (text: string) => void = () => undefined
    const deps = depsIn(folder)
    const watched = {
      ...deps,
      folder: {...deps.folder, watch: (_: string, onText: typeof write) => ((write = onText), () => undefined)},
    }
    const judge = {...lexicalJudge(), concurrency: 4, retune: (concurrency: number) => void tuned.push(concurrency)}
    reloadConcurrency(watched, localExecutor({judge, seconds: 1}), {
      fit: () => tuned.push(0),
      tell: sentence => told.push(sentence.english),
    })
    for (const text of ['many', '', '0', '2.5', '257', '-1', '8\n']) write(text)
    expect(told).to.have.length(6)
    expect(told[0]).to.equal('concurrency: "many" is no whole number from 1 to 256, nothing changed')
    expect(tuned).to.deep.equal([8, 0])
  })
})

describe('room for so many things at once', () => {
  it('grows for those who wait, and shrinks as those inside leave', async () => {
    const slots = new Semaphore(1)
    const entered: number[] = []
    const enter = (n: number): void => void Promise.resolve(slots.take()).then(() => entered.push(n))
    for (const n of [1, 2, 3, 4, 5]) enter(n)
    await settle()
    expect(entered).to.deep.equal([1])
    slots.resize(3)
    await settle()
    expect(entered).to.deep.equal([1, 2, 3])
    slots.resize(1)
    slots.free()
    slots.free()
    await settle()
    expect(entered).to.deep.equal([1, 2, 3])
    slots.free()
    await settle()
    expect(entered).to.deep.equal([1, 2, 3, 4])
  })
})

function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
