import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {runnerJudge} from '#src/adapters/runner-judge.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'

import {depsIn, requestOf, readSamples, scenarioOf} from '../sample/run-parts.ts'
import {samplesOf} from '../sample/samples.ts'

/** Scores every second sample about 0.9; says what it was started with. */
const PROGRAM = `
import {readFileSync, writeFileSync} from 'node:fs'
const [scenario, dataset, output, seen] = process.argv.slice(2)
writeFileSync(seen, JSON.stringify({scenario, traceparent: process.env.TRACEPARENT}))
const lines = readFileSync(dataset, 'utf8').split('\\n').filter(Boolean).map(line => JSON.parse(line))
const samples = lines.filter((_, index) => index % 2 === 0).map(({sample_id}, index) => ({sample_id, scores: {coverage: 0.9 + index / 1000, accuracy: 'high', coherence: 0.9, informativeness: 0.9}}))
if (output === '-') console.log(samples.map(sample => JSON.stringify(sample)).join('\\n'))
else writeFileSync(output, JSON.stringify({samples}))
process.exitCode = 3
`

describe('an external runner', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-runner-'))
    writeFileSync(join(folder, 'runner.mjs'), PROGRAM)
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  async function run(runner: string[]) {
    const scenario = scenarioOf({
      runner,
      gates: {runner: [{metric: 'coverage', statistic: 'mean', direction: 'at_least', pass: 0.5, warn: 0.4}]},
    })
    const judge = runnerJudge(scenario, fakeRuntime())
    return runBenchmark(depsIn(join(folder, 'run')), requestOf(samplesOf(10), judge, {scenario}))
  }

  for (const output of ['{output}', '-'])
    it(`is started without a shell, and its scores from ${output} are gated like any other`, async () => {
      const seen = join(folder, 'seen $(touch pwned).json')
      const {result} = await run([
        process.execPath,
        join(folder, 'runner.mjs'),
        '{scenario}',
        '{dataset}',
        output,
        seen,
      ])
      expect(JSON.parse(readFileSync(seen, 'utf8')))
        .to.include({scenario: 'channel_digest_ru'})
        .and.have.property('traceparent')
        .that.is.a('string')
      const scores = readSamples(join(folder, 'run')).map(line => line.scores)
      expect(scores.filter(({coverage}) => coverage !== undefined && 'value' in coverage)).to.have.length(5)
      expect(scores.every(({accuracy}) => accuracy !== undefined && 'unmeasured' in accuracy)).to.equal(true)
      expect(result.assessment.gates).to.have.length(1)
      // Half of the samples were left out by the runner: with them at their worst nothing is decided.
      expect(result.assessment.gates[0]).to.include({scale: 'runner', verdict: 'undecided'})
    })

  it('that fails without a result ends the run with its last words', async () => {
    const thrown = await run([process.execPath, '-e', 'console.error("no such model"); process.exit(1)']).catch(
      (error: unknown) => error,
    )
    expect(thrown).to.include({code: 'BENCHMARK_RUNNER_FAILED', exit: 65})
    expect((thrown as Error).message).to.include('no such model')
  })

  it('is not believed what an attempt that was killed has left', async () => {
    const left = join(folder, 'run/dataset.jsonl.result.json')
    const samples = samplesOf(10).map(({sample_id}) => ({sample_id, scores: {coverage: 0.93}}))
    mkdirSync(join(folder, 'run'))
    writeFileSync(left, JSON.stringify({samples}))
    const thrown = await run(['ep23-no-such-program']).catch((error: unknown) => error)
    expect(thrown).to.include({code: 'BENCHMARK_RUNNER_FAILED'})
    writeFileSync(left, JSON.stringify({samples}))
    const printed = JSON.stringify({samples: samples.map(sample => ({...sample, scores: {coverage: 0.1}}))})
    await run([process.execPath, '-p', JSON.stringify(printed)])
    const scores = readSamples(join(folder, 'run')).map(line => line.scores['coverage'])
    expect(scores).to.deep.equal(samples.map(() => ({value: 0.1})))
  })

  it('that writes prose is told what it should write', async () => {
    const thrown = await run([process.execPath, '-e', 'console.log("all good")']).catch((error: unknown) => error)
    expect(thrown).to.include({code: 'BENCHMARK_RUNNER_RESULT', exit: 65})
  })
})
