import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Ep23Error, Judge} from '@ep23/sdk'
import {expect} from 'chai'

import {verifyReference} from '#src/actions/verify.js'
import {lexicalJudge, recordedJudge} from '#src/adapters/offline-judges.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'
import type {RunRequest} from '#src/usecases/run/run-request.js'

import {depsIn, requestOf, SCORES} from '../../sample/run-parts.ts'
import {samplesOf} from '../../sample/samples.ts'
import {fakeWriter} from '../../sample/writers.ts'

/** Gives every sample the same score for ten tokens. */
const paidJudge: Judge = {
  ...recordedJudge(SCORES),
  judge: async () => ({
    scores: Object.fromEntries(SCORES.map(name => [name, {value: 0.9}])),
    usage: {calls: 1, prompt_tokens: 9, completion_tokens: 1, cost: null},
  }),
}

const samples = samplesOf(6)
const others = samplesOf(6, () => ({summary_markdown: '- Ничего общего.'}))
const HALF = {sampleSeconds: 5, maxTokens: 30}

describe('a folder that holds a run', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-run-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const run = (request: RunRequest) => runBenchmark(depsIn(folder), request)
  const refusalOf = (request: RunRequest): Promise<Ep23Error> =>
    run(request).then(
      () => expect.fail('nothing was refused'),
      (error: unknown) => error as Ep23Error,
    )
  const filesIn = (): Record<string, string> =>
    Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]))

  describe('that was stopped', () => {
    const answers = {writer: fakeWriter(), repeats: 1}
    const stopped: Record<string, Partial<RunRequest>> = {
      'while it judged': {},
      'while it wrote': {answers},
    }
    for (const [when, changes] of Object.entries(stopped))
      it(`${when} begins no other run over its journal, and loses nothing that was paid for`, async () => {
        await run(requestOf(samples, paidJudge, {...changes, limits: HALF}))
        if (changes.answers) writeFileSync(join(folder, 'journal.jsonl'), '')
        const before = filesIn()
        for (const records of [others, samples]) {
          const refusal = await refusalOf(requestOf(records, paidJudge, changes))
          expect(refusal).to.include({code: 'USAGE', exit: 64})
          expect(refusal.message).to.include(folder)
          expect(refusal.suggestions[0]).to.include('--resume')
          expect(filesIn()).to.deep.equal(before)
        }
        const {result} = await run(requestOf(samples, paidJudge, {...changes, resume: true}))
        expect(result.assessment.samples.measured).to.equal(6)
      })

    it('and has lost its plan is not gone on with: nobody knows of what its journal is', async () => {
      await run(requestOf(samples, paidJudge, {limits: HALF}))
      rmSync(join(folder, 'plan.json'))
      const before = filesIn()
      const refusal = await refusalOf(requestOf(others, paidJudge, {resume: true}))
      expect(refusal).to.include({code: 'BENCHMARK_RESUME_REFUSED', exit: 65})
      expect(refusal.message).to.include('plan.json')
      expect(filesIn()).to.deep.equal(before)
    })

    it('before anything was judged makes way for another', async () => {
      const stop = new AbortController()
      const deps = depsIn(folder, {signal: stop.signal})
      const judge: Judge = {...paidJudge, begin: async () => stop.abort(new Error('interrupted'))}
      const error = await runBenchmark(deps, requestOf(samples, judge)).catch((thrown: unknown) => thrown)
      expect(error).to.include({code: 'INTERRUPTED'})
      expect(readdirSync(folder)).to.include('journal.jsonl')
      const {result} = await run(requestOf(others, lexicalJudge()))
      expect(result).to.include({attempts: 1, stopped_early: false})
    })
  })

  describe('that is finished', () => {
    const refused: Record<string, () => RunRequest> = {
      'the resumption with other records': () => requestOf(others, lexicalJudge(), {resume: true}),
      'the resumption with another judge': () => requestOf(samples, paidJudge, {resume: true}),
      'the resumption with no records': () => requestOf([], lexicalJudge(), {resume: true}),
      'a run over no records': () => requestOf([], lexicalJudge()),
    }
    for (const [what, request] of Object.entries(refused))
      it(`stays as it was when ${what} is refused`, async () => {
        await run(requestOf(samples, lexicalJudge()))
        const before = filesIn()
        expect((await refusalOf(request())).exit).to.equal(65)
        expect(filesIn()).to.deep.equal(before)
        const {data} = await verifyReference(folder, {datasetDir: folder, version: '0.0.0'})
        expect(data.verified).to.equal(true)
      })
  })
})
