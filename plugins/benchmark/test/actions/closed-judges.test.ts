import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {ContributedJudge, Judgement} from '@ep23/sdk'
import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {Answerers} from '#src/actions/answerers.js'
import {calibrateJudges} from '#src/actions/calibrate.js'
import {runScenario} from '#src/actions/run.js'
import {workSpecOf} from '#src/actions/work-spec.js'
import {SharedLimit} from '#src/adapters/queue/shared-limit.js'
import type {SampleWork} from '#src/domain/work.js'

import {scenarioOf} from '../sample/run-parts.ts'
import {sampleOf} from '../sample/samples.ts'

const FLAGS = {
  ...{scenario: 'channel_digest_ru', judge: 'house', dataset: 'missing.jsonl', 'dry-run': false, resume: false},
  ...{replay: 'off', temperature: 0, seed: 1, 'max-source': 1000, concurrency: 1, 'attempt-timeout': 1, attempts: 1},
  ...{'answer-repeats': 1, 'judge-repeats': 1, 'sample-timeout': 5, resamples: 10, save: false, 'labels-dir': 'labels'},
}

describe('a judge of a plugin, which may hold a connection', () => {
  let folder: string
  let opened: number
  let closed: number
  let judgement: () => Promise<Judgement>
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-closed-'))
    opened = 0
    closed = 0
    judgement = async () => ({scores: {coverage: {value: 0.5}}})
  })
  afterEach(() => rmSync(folder, {recursive: true}))

  const house: ContributedJudge = {
    name: 'house',
    summary: 'Judges by the house style.',
    async open() {
      opened += 1
      return {
        ...{name: 'house', signature: 'house|v:1', scale: 'house', scores: ['coverage']},
        judge: () => judgement(),
        close: async () => void (closed += 1),
      }
    },
  }
  const {settings} = fakeRuntime()
  const runtimeOf = () =>
    fakeRuntime({
      contributions: async () => [{plugin: 'team', judges: [house]}],
      settings: {...settings, datasetDir: folder, llmUrl: 'http://127.0.0.1:1/v1'},
    })

  function labelled(): string {
    const labels = join(folder, 'labels.jsonl')
    const rows = [1, 2, 3, 4, 5, 2].map(human_score => ({
      source: 'Источник.',
      summary: `Итог ${human_score}.`,
      human_score,
    }))
    writeFileSync(labels, rows.map(row => `${JSON.stringify(row)}\n`).join(''))
    return labels
  }

  it('is closed when it was calibrated, and when it failed at that', async () => {
    const labels = labelled()
    await calibrateJudges(runtimeOf(), {...FLAGS, labels} as never)
    expect([opened, closed]).to.deep.equal([1, 1])
    judgement = async () => Promise.reject(new Error('no connection'))
    const error = await calibrateJudges(runtimeOf(), {...FLAGS, labels} as never).catch((thrown: unknown) => thrown)
    expect(error).to.have.property('message', 'no connection')
    expect([opened, closed]).to.deep.equal([2, 2])
  })

  for (const [what, flags] of Object.entries({
    'its answers cannot be written': {'answer-repeats': 2},
    'its writer has no price': {'answer-writer': 'openai:m', 'max-cost': 1},
    'there is nothing to resume': {resume: true},
    'the dataset is not there': {},
  }))
    it(`is closed when ${what}, before the run has begun`, async () => {
      const asked = {...FLAGS, ...flags, output: undefined}
      const error = await runScenario(runtimeOf(), asked as never).catch((thrown: unknown) => thrown)
      expect(error).to.have.property('exit').that.is.oneOf([64, 65])
      expect([opened, closed]).to.deep.equal([1, 1])
    })

  describe('of a worker', () => {
    const workOf = async (title: string): Promise<SampleWork> => {
      const scenario = scenarioOf({title, judge: 'house', scores: ['coverage']})
      const judge = await house.open({section: undefined, signal: new AbortController().signal})
      opened -= 1
      const spec = workSpecOf(FLAGS as never, {scenario, judge, answers: undefined})
      return {kind: 'judge', spec, run: 'r', sample: sampleOf(1), answer: 1, repeat: 1} as never
    }
    const signal = new AbortController().signal
    let answerers: Answerers
    beforeEach(() => {
      answerers = new Answerers({runtime: runtimeOf(), concurrency: 1, limit: new SharedLimit(1)})
    })
    const answered = async (title: string) => (await answerers.answerer(await workOf(title)))(signal)

    it('is closed at its end, once', async () => {
      for (const title of ['a', 'b', 'a']) expect(await answered(title)).to.have.property('judgement')
      expect([opened, closed]).to.deep.equal([2, 0])
      await answerers.close()
      expect([opened, closed]).to.deep.equal([2, 2])
    })

    it('makes way for others when it is idle, and not while it judges', async () => {
      const {promise, resolve} = Promise.withResolvers<Judgement>()
      judgement = () => promise
      const busy = answered('busy')
      await new Promise(done => void setTimeout(done, 20))
      judgement = async () => ({scores: {coverage: {value: 1}}})
      for (let other = 0; other < 20; other += 1) await answered(`other ${other}`)
      expect([opened, closed]).to.deep.equal([21, 5])
      expect(await answered('busy')).to.have.property('judgement')
      expect(opened).to.equal(21)
      resolve({scores: {coverage: {value: 0.9}}})
      expect(await busy).to.have.nested.property('judgement.scores.coverage.value', 0.9)
      await answerers.close()
      expect(closed).to.equal(21)
    })

    it('is closed when it is not the one that the run asks for', async () => {
      const work = await workOf('other')
      const differing = {...work, spec: {...(work.spec as object), facts: {'judge name': 'another'}}}
      const error = await answerers.answerer(differing as never).catch((thrown: unknown) => thrown)
      expect(error).to.include({code: 'BENCHMARK_WORKER_DIFFERS'})
      await answerers.close()
      expect([opened, closed]).to.deep.equal([1, 1])
    })
  })
})
