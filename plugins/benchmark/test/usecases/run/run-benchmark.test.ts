import {existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Judge, JudgedSample, Judgement} from '@ep23/sdk'
import {expect} from 'chai'

import {lexicalJudge} from '#src/adapters/judges/lexical-judge.js'
import {recordedJudge} from '#src/adapters/judges/recorded-judge.js'
import {assessRun} from '#src/domain/assessment/assess-run.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'
import {depsIn, readResult, readSamples, requestOf, SCORES, scenarioOf} from '../../sample/run-parts.ts'
import {samplesOf} from '../../sample/samples.ts'

const stored = (value: number): Partial<JudgedSample> => ({
  ground_truth: {llm_judge: {judge_model: 'm', scores: Object.fromEntries(SCORES.map(name => [name, value]))}},
})

describe('a benchmark run', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-run-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('writes results that its own lines give again', async () => {
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(30), lexicalJudge()))
    const lines = readSamples(folder)
    expect(lines).to.have.length(30)
    expect(JSON.parse(JSON.stringify(assessRun(lines, scenarioOf(), 'lexical')))).to.deep.equal(
      readResult(folder).assessment,
    )
    expect(result.files.map(({name}) => name)).to.deep.equal([
      'dataset.jsonl',
      'junit.xml',
      'report.md',
      'samples.jsonl',
      'scores.csv',
    ])
    expect(existsSync(join(folder, 'journal.jsonl'))).to.equal(false)
  })

  it('gives the same bytes of samples whatever the order in which judgements come', async () => {
    const slow: Judge = {
      ...lexicalJudge(),
      concurrency: 8,
      async judge(sample, context) {
        await new Promise(resolve => setTimeout(resolve, (sample.sample_id.length * 7919) % 13))
        return lexicalJudge().judge(sample, context)
      },
    }
    const other = mkdtempSync(join(tmpdir(), 'ep23-run-'))
    await runBenchmark(depsIn(folder), requestOf(samplesOf(40), lexicalJudge()))
    await runBenchmark(depsIn(other), requestOf(samplesOf(40), slow))
    expect(readFileSync(join(other, 'samples.jsonl'))).to.deep.equal(readFileSync(join(folder, 'samples.jsonl')))
    rmSync(other, {recursive: true})
  })

  it('never gates lexical scores by the thresholds of a language model', async () => {
    const {result, warnings} = await runBenchmark(depsIn(folder), requestOf(samplesOf(30), lexicalJudge()))
    expect(result.assessment.gates.map(({metric}) => metric)).to.deep.equal(['measured_share'])
    expect(result.assessment.verdict).to.equal('undecided')
    expect(warnings.join()).to.include('no thresholds for scores of the scale "lexical"')
  })

  it('takes stored scores, and leaves samples without them unmeasured', async () => {
    const good = await runBenchmark(
      depsIn(folder),
      requestOf(
        samplesOf(30, () => stored(0.95)),
        recordedJudge(SCORES),
      ),
    )
    expect(good.result.assessment.verdict).to.equal('pass')
    const other = join(folder, 'none')
    const none = await runBenchmark(depsIn(other), requestOf(samplesOf(30), recordedJudge(SCORES)))
    expect(none.result.assessment.verdict).to.equal('unmeasured')
    expect(none.result.assessment.samples.unmeasured).to.deep.equal({no_stored_score: 30})
    expect(none.result.assessment.by_origin.telegram?.scores['coverage']?.mean.estimate).to.equal(null)
  })

  it('never passes a live scenario by synthetic samples, however good', async () => {
    const synthetic = samplesOf(30, () => ({...stored(1), metadata: {origin: 'synthetic'}}))
    const {result} = await runBenchmark(depsIn(folder), requestOf(synthetic, recordedJudge(SCORES)))
    expect(result.assessment.verdict).to.equal('unmeasured')
    expect(result.assessment.by_origin.synthetic?.scores['coverage']?.mean.estimate).to.equal(1)
    const free = requestOf(synthetic, recordedJudge(SCORES), {scenario: scenarioOf({live: false})})
    const {result: notLive} = await runBenchmark(depsIn(join(folder, 'free')), free)
    expect(notLive.assessment.verdict).to.equal('pass')
  })

  it('reports real and synthetic samples apart', async () => {
    const mixed = samplesOf(20, number =>
      number < 10 ? stored(0.9) : {...stored(0.1), metadata: {origin: 'synthetic'}},
    )
    const {result} = await runBenchmark(depsIn(folder), requestOf(mixed, recordedJudge(SCORES)))
    const {telegram, synthetic} = result.assessment.by_origin
    expect(telegram?.scores['coverage']?.mean.estimate).to.equal(0.9)
    expect(synthetic?.scores['coverage']?.mean.estimate).to.equal(0.1)
  })

  it('keeps a judge that throws, gives nonsense or forgets a score from becoming a number', async () => {
    const answers: (() => Judgement)[] = [
      () => {
        throw new Error('boom')
      },
      () => ({scores: {coverage: {value: Number.NaN}, accuracy: {value: 7}}}),
      () => ({scores: {}}),
    ]
    const judge: Judge = {
      ...recordedJudge(SCORES),
      judge: async ({sample_id: id}) => answers[Number(id.slice(-1)) % 3]!(),
    }
    await runBenchmark(depsIn(folder), requestOf(samplesOf(9), judge))
    const reasons = readSamples(folder).flatMap(({scores}) => Object.values(scores))
    expect(reasons).to.have.length(36)
    expect(reasons.every(score => 'unmeasured' in score && score.unmeasured === 'judge_failed')).to.equal(true)
  })

  it('ends in time although the judge never answers', async () => {
    const hanging: Judge = {...recordedJudge(SCORES), concurrency: 10, judge: () => new Promise(() => undefined)}
    const request = requestOf(samplesOf(10), hanging, {limits: {sampleSeconds: 0.2}})
    const {result} = await runBenchmark(depsIn(folder), request)
    expect(result.assessment.samples.unmeasured).to.deep.equal({timed_out: 10})
  })

  it('stops at a limit, says so, and goes on with a higher one', async () => {
    const judge = countingJudge()
    const limited = requestOf(samplesOf(20), judge, {limits: {sampleSeconds: 5, maxTokens: 50}})
    const {result, warnings} = await runBenchmark(depsIn(folder), limited)
    expect(result.stopped_early).to.equal(true)
    expect(result.assessment.samples.unmeasured).to.deep.equal({budget_spent: 15})
    expect(warnings.join()).to.include('--max-tokens 50 is spent')
    const {result: whole} = await runBenchmark(depsIn(folder), requestOf(samplesOf(20), judge, {resume: true}))
    expect(whole).to.include({stopped_early: false, attempts: 2})
    expect(whole.assessment.samples).to.include({measured: 20})
    expect(judge.asked).to.have.length(20)
  })

  it('goes on after a kill at any byte of the journal, asking for at most one sample again', async () => {
    const judge = countingJudge()
    await runBenchmark(depsIn(folder), requestOf(samplesOf(12), judge, {limits: {sampleSeconds: 5, maxTokens: 80}}))
    const journal = join(folder, 'journal.jsonl')
    const whole = readFileSync(journal)
    const lines = whole.toString().split('\n').length - 1
    for (const bytes of [0, 1, 137, whole.length - 1, Math.floor(whole.length / 2)]) {
      writeFileSync(journal, whole)
      truncateSync(journal, bytes)
      const kept = whole.subarray(0, bytes).toString().split('\n').length - 1
      judge.asked.length = 0
      const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(12), judge, {resume: true}))
      expect(judge.asked, `${bytes} bytes`).to.have.length(12 - kept)
      expect(result.assessment.samples.measured).to.equal(12)
    }
    expect(lines).to.equal(8)
  })

  it('judges transient failures anew when it is resumed, and keeps the others', async () => {
    let healthy = false
    const judge: Judge = {
      ...recordedJudge(SCORES),
      async judge({sample_id: id}) {
        const unmeasured = id.endsWith('1') ? 'refused' : 'server_error'
        const score = healthy ? {value: 1} : ({unmeasured} as const)
        return {
          scores: Object.fromEntries(SCORES.map(name => [name, score])),
          usage: {calls: 1, prompt_tokens: 10, completion_tokens: 0, cost: null},
        }
      },
    }
    await runBenchmark(depsIn(folder), requestOf(samplesOf(3), judge, {limits: {sampleSeconds: 5, maxTokens: 30}}))
    healthy = true
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(3), judge, {resume: true}))
    expect(result.assessment.samples).to.deep.include({measured: 2, unmeasured: {refused: 1}})
  })

  it('refuses to resume with another dataset, judge or number of repeats, and shows what differs', async () => {
    const judge = countingJudge()
    await runBenchmark(depsIn(folder), requestOf(samplesOf(5), judge, {limits: {sampleSeconds: 5, maxTokens: 20}}))
    const changed: Record<string, ReturnType<typeof requestOf>> = {
      'dataset.merkle_root': requestOf(
        samplesOf(5, number => (number === 4 ? {summary_markdown: 'x'} : {})),
        judge,
        {resume: true},
      ),
      'judge.signature.v': requestOf(samplesOf(5), {...judge, signature: 'recorded|v:2'}, {resume: true}),
      'judge.settings.temperature': requestOf(samplesOf(5), {...judge, settings: {temperature: 1}}, {resume: true}),
      judge_repeats: requestOf(samplesOf(5), judge, {resume: true, judgeRepeats: 2}),
    }
    for (const [part, request] of Object.entries(changed)) {
      const error = await thrownBy(runBenchmark(depsIn(folder), request))
      expect(error).to.include({code: 'BENCHMARK_RESUME_REFUSED', exit: 65})
      expect((error as Error).message).to.include(part)
    }
  })

  it('stops at Ctrl-C with everything judged kept', async () => {
    const stop = new AbortController()
    const judge = countingJudge(asked => asked === 4 && stop.abort(new Error('interrupted')))
    const error = await thrownBy(runBenchmark(depsIn(folder, {signal: stop.signal}), requestOf(samplesOf(20), judge)))
    expect(error).to.include({code: 'INTERRUPTED', exit: 130})
    expect((error as Error).message).to.match(/\d+ judgements are kept in .* --resume/u)
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(20), judge, {resume: true}))
    expect(result.assessment.samples.measured).to.equal(20)
    expect(judge.asked).to.have.length(20)
  })

  it('splits the variance when judgements are repeated', async () => {
    const judge: Judge = {
      ...recordedJudge(SCORES),
      async judge({sample_id: id}, {repeat}) {
        const value = (Number(id.split('-').at(-1)) % 5) / 5 + repeat / 50
        return {scores: Object.fromEntries(SCORES.map(name => [name, {value}]))}
      },
    }
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(20), judge, {judgeRepeats: 3}))
    const facts = result.assessment.by_origin.telegram?.scores['coverage']
    expect(facts?.mean.measured).to.equal(20)
    expect(facts?.variance).to.deep.include({answers: 1, judgements: 3, samples: 20})
    expect(facts?.variance?.item.share).to.be.greaterThan(0.9)
    expect(facts?.variance?.answer).to.deep.include({share: null, remark: 'not_estimable'})
    expect(readSamples(folder)).to.have.length(60)
  })

  it('sets the metrics of the verdict and of what was measured, and of nothing else', async () => {
    const deps = depsIn(folder)
    await runBenchmark(
      deps,
      requestOf(
        samplesOf(10, () => stored(0.95)),
        recordedJudge(SCORES),
      ),
    )
    const outcomes = deps.recorded.filter(({metric}) => metric === 'runOutcome')
    expect(outcomes.filter(({value}) => value === 1).map(({labels}) => labels['outcome'])).to.deep.equal(['pass'])
    expect(outcomes).to.have.length(5)
    const values = deps.recorded.filter(({metric}) => metric === 'metricValue')
    expect(Object.fromEntries(values.map(({labels, value}) => [labels['metric'], value]))).to.include({
      coverage: 0.95,
      measured_share: 1,
    })
  })

  it('names the place and the field of a record that cannot be judged', async () => {
    const bad: Record<string, unknown>[] = [
      {...samplesOf(1)[0], metadata: {}},
      {...samplesOf(1)[0], source_text: 5},
    ]
    for (const record of bad) {
      const request = requestOf([...samplesOf(2), record as never], lexicalJudge())
      const error = (await thrownBy(runBenchmark(depsIn(folder), request))) as Error
      expect(error.message).to.match(/^test\.jsonl:3: (metadata\.origin|source_text)/u)
    }
    const twice = requestOf([...samplesOf(2), ...samplesOf(1)], lexicalJudge())
    expect(((await thrownBy(runBenchmark(depsIn(folder), twice))) as Error).message).to.include('stood there before')
    const empty = await thrownBy(runBenchmark(depsIn(folder), requestOf([], lexicalJudge())))
    expect(empty).to.include({code: 'BENCHMARK_NO_SAMPLES', exit: 65})
  })

  it('does not gate scores when the judge saw too many sources only in part', async () => {
    const judge: Judge = {
      ...recordedJudge(SCORES),
      judge: async () => ({
        scores: Object.fromEntries(SCORES.map(name => [name, {value: 1}])),
        truncated_characters: 10,
      }),
    }
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(10), judge))
    expect(result.assessment.gates[0]).to.include({metric: 'coverage', verdict: 'unmeasured'})
  })
})

/** Scores 0.9 for ten tokens; remembers whom it was asked for. */
function countingJudge(onAsked: (count: number) => unknown = () => undefined): Judge & {asked: string[]} {
  const asked: string[] = []
  return {
    ...recordedJudge(SCORES),
    asked,
    async judge({sample_id: id}) {
      asked.push(id)
      onAsked(asked.length)
      return {
        scores: Object.fromEntries(SCORES.map(name => [name, {value: 0.9}])),
        usage: {calls: 1, prompt_tokens: 9, completion_tokens: 1, cost: null},
      }
    },
  }
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error,
  )
}
