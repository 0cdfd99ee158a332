import {existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import type {Judge, JudgedSample} from '@ep23/sdk'
import {expect} from 'chai'

import {verifyReference} from '#src/actions/verify.js'
import {lexicalJudge, recordedJudge} from '#src/adapters/offline-judges.js'
import {extractiveWriter} from '#src/adapters/open-writer.js'
import {hashText} from '#src/adapters/sha256.js'
import type {AnswerLine} from '#src/domain/answers.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'

import {depsIn, readResult, readSamples, requestOf, SCORES} from '../../sample/run-parts.ts'
import {sampleOf, samplesOf} from '../../sample/samples.ts'
import {ANSWER_TOKENS, fakeWriter, missing} from '../../sample/writers.ts'

/** Judges by the last digit of the answer's number, so that answers differ by what was judged. */
function readingJudge(): Judge & {seen: JudgedSample[]; repeats: string[]} {
  const seen: JudgedSample[] = []
  const repeats: string[] = []
  return {
    ...recordedJudge(SCORES),
    seen,
    repeats,
    async judge(sample, {answer: number, repeat}) {
      seen.push(sample)
      repeats.push(`${number}.${repeat}`)
      const item = (Number(sample.sample_id.split('-').at(-1)) % 7) / 14
      const answer = Number(/Ответ (\d)/u.exec(sample.summary_markdown)?.[1]) / 10
      return {
        scores: Object.fromEntries(SCORES.map(name => [name, {value: item + answer}])),
        usage: {calls: 1, prompt_tokens: 5, completion_tokens: 0, cost: null},
      }
    },
  }
}

describe('a run with answers written anew', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-run-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const answersIn = (): AnswerLine[] =>
    readFileSync(join(folder, 'answers.jsonl'), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line) as AnswerLine)

  it('judges every answer as often as asked, and never the summary that came with the dataset', async () => {
    const judge = readingJudge()
    const writer = fakeWriter()
    const stored = {ground_truth: {llm_judge: {judge_model: 'm', scores: {coverage: 1}}}, latency_seconds: 99}
    const samples = samplesOf(5, () => stored)
    const {result} = await runBenchmark(
      depsIn(folder),
      requestOf(samples, judge, {answers: {writer, repeats: 3}, judgeRepeats: 2}),
    )
    expect(writer.asked).to.have.length(15)
    expect(new Set(writer.asked)).to.have.length(15)
    expect(judge.seen.every(sample => sample.summary_markdown.startsWith('Ответ'))).to.equal(true)
    expect(judge.seen.every(sample => sample.ground_truth === undefined)).to.equal(true)
    expect(judge.seen[0]?.metadata).to.include({llm_model: 'writer-1', origin: 'telegram'})
    const lines = readSamples(folder)
    expect(lines.map(({answer, repeat}) => `${answer}.${repeat}`).slice(0, 6)).to.deep.equal([
      '1.1',
      '1.2',
      '2.1',
      '2.2',
      '3.1',
      '3.2',
    ])
    const answers = answersIn()
    expect(answers).to.have.length(15)
    expect(lines.map(line => line.answer_sha256)).to.deep.equal(answers.flatMap(({sha256}) => [sha256, sha256]))
    expect(lines[2]?.latency_seconds).to.equal(2)
    expect(result.identity.answers).to.deep.equal({
      repeats: 3,
      model: 'writer-1',
      prompt: writer.prompt,
      settings: writer.settings,
    })
    expect(result.assessment.answers).to.deep.include({answers: 15, written: 15, missing: {}, differing: 5})
    expect(result.assessment.answers?.usage).to.include({calls: 15, prompt_tokens: 15 * ANSWER_TOKENS})
    expect(result.assessment.usage).to.include({calls: 30})
    expect(result.files.map(({name}) => name)).to.include('answers.jsonl')
    expect(existsSync(join(folder, 'answers.journal.jsonl'))).to.equal(false)
  })

  it('asks the judge another question for each judgement, also of answers that are one text', async () => {
    const judge = readingJudge()
    const writer = fakeWriter(() => ({text: 'Ответ 1'}))
    await runBenchmark(depsIn(folder), requestOf(samplesOf(1), judge, {answers: {writer, repeats: 2}, judgeRepeats: 2}))
    expect(judge.repeats).to.deep.equal(['1.1', '1.2', '2.1', '2.2'])
  })

  it('splits the variance into samples, answers and judge', async () => {
    const answers = {writer: fakeWriter(), repeats: 3}
    const {result} = await runBenchmark(
      depsIn(folder),
      requestOf(samplesOf(28), readingJudge(), {answers, judgeRepeats: 2}),
    )
    const variance = result.assessment.by_origin.telegram?.scores['coverage']?.variance
    // Answers 0.1, 0.2 and 0.3 to every item: variance 0.01; the judge never differs from itself.
    expect(variance?.answer.variance).to.be.closeTo(0.01, 1e-12)
    expect(variance?.judge).to.deep.include({variance: 0, share: 0})
    expect(variance?.item.share).to.be.greaterThan(0.4)
    expect(variance).to.deep.include({samples: 28, answers: 3, judgements: 2})
    expect(variance?.plan.recommendation).to.equal('neither')
    expect(variance?.answer.low).to.be.below(variance?.answer.share ?? 0)
  })

  it('says of a writer that repeats itself that its answers vary by nothing', async () => {
    const writer = extractiveWriter({now: () => new Date(), monotonic: () => performance.now() / 1000})
    const judge: Judge = {
      ...lexicalJudge(),
      async judge(sample, context) {
        const {scores} = await lexicalJudge().judge(sample, context)
        const noise = (context.repeat % 3) / 100
        return {
          scores: Object.fromEntries(
            Object.entries(scores).map(([name, score]) => [
              name,
              'value' in score ? {value: Math.max(0, score.value - noise)} : score,
            ]),
          ),
        }
      },
    }
    const samples = samplesOf(12, n => ({source_text: sampleOf(n).source_text.repeat((n % 4) + 1)}))
    const {result} = await runBenchmark(
      depsIn(folder),
      requestOf(samples, judge, {answers: {writer, repeats: 2}, judgeRepeats: 2}),
    )
    expect(result.assessment.answers).to.include({differing: 0, written: 24})
    expect(result.assessment.by_origin.telegram?.scores['coverage']?.variance?.answer).to.deep.equal({
      variance: 0,
      share: 0,
      low: 0,
      high: 0,
      remark: 'same_texts',
    })
  })

  it('leaves what was not written unmeasured, with the reason, and does not ask the judge', async () => {
    const judge = readingJudge()
    const writer = fakeWriter((_, answer) => (answer === 2 ? missing('refused') : {}))
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(4), judge, {answers: {writer, repeats: 2}}))
    expect(judge.seen).to.have.length(4)
    expect(result.assessment.samples.unmeasured).to.deep.equal({refused: 4})
    expect(result.assessment.answers).to.deep.include({written: 4, missing: {refused: 4}})
    expect(readSamples(folder)[1]).to.include({answer_sha256: null, latency_seconds: null})
  })

  it('keeps a writer that throws or hangs from becoming an answer', async () => {
    const throwing = {...fakeWriter(), write: async () => Promise.reject(new Error('odd'))}
    const hanging = {...fakeWriter(), write: () => new Promise<never>(() => undefined)}
    for (const [writer, reason] of [
      [throwing, 'judge_failed'],
      [hanging, 'timed_out'],
    ] as const) {
      const request = requestOf(samplesOf(3), readingJudge(), {
        answers: {writer, repeats: 1},
        limits: {sampleSeconds: 0.1},
      })
      const {result} = await runBenchmark(depsIn(join(folder, reason)), request)
      expect(result.assessment.answers).to.deep.include({written: 0, missing: {[reason]: 3}})
      expect(result.assessment.samples.unmeasured).to.deep.equal({[reason]: 3})
    }
  })

  it('counts writing and judging against one budget, and goes on where it stopped', async () => {
    const writer = fakeWriter()
    const judge = readingJudge()
    const answers = {writer, repeats: 2}
    // An answer and its judgement are 15 tokens.
    const limited = requestOf(samplesOf(10), judge, {answers, limits: {sampleSeconds: 5, maxTokens: 90}})
    const {result, warnings} = await runBenchmark(depsIn(folder), limited)
    expect(result.stopped_early).to.equal(true)
    expect(warnings.filter(({english}) => english.includes('80 % of --max-tokens 90'))).to.have.length(1)
    const judged = 20 - (result.assessment.samples.unmeasured.budget_spent ?? 0)
    expect(judged).to.be.within(6, 9)
    expect(result.assessment.answers?.missing).to.have.keys('budget_spent')
    const {result: whole} = await runBenchmark(depsIn(folder), requestOf(samplesOf(10), judge, {answers, resume: true}))
    expect(whole.assessment.samples).to.include({measured: 20})
    expect(whole.assessment.answers).to.include({written: 20})
    expect(writer.asked).to.have.length(20)
    expect(judge.seen).to.have.length(20)
  })

  it('goes on after a kill at any byte of either journal with at most one answer or judgement lost', async () => {
    const writer = {...fakeWriter(), concurrency: 1}
    const answers = {writer, repeats: 2}
    const limits = {sampleSeconds: 5, maxTokens: 120}
    await runBenchmark(depsIn(folder), requestOf(samplesOf(6), readingJudge(), {answers, limits}))
    const [written, judged] = ['answers.journal.jsonl', 'journal.jsonl'].map(name => readFileSync(join(folder, name)))
    const linesOf = (bytes: Buffer): number => bytes.toString().split('\n').length - 1
    for (const [answerBytes, judgeBytes] of [
      [written!.length, judged!.length - 1],
      [written!.length - 1, judged!.length - 300],
      [1, 0],
    ] as const) {
      writeFileSync(join(folder, 'answers.journal.jsonl'), written!)
      writeFileSync(join(folder, 'journal.jsonl'), judged!)
      truncateSync(join(folder, 'answers.journal.jsonl'), answerBytes)
      truncateSync(join(folder, 'journal.jsonl'), judgeBytes)
      writer.asked.length = 0
      const judge = readingJudge()
      const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(6), judge, {answers, resume: true}))
      expect(writer.asked).to.have.length(12 - linesOf(written!.subarray(0, answerBytes)))
      expect(judge.seen).to.have.length(12 - linesOf(judged!.subarray(0, judgeBytes)))
      expect(result.assessment.samples.measured).to.equal(12)
    }
  })

  it('writes anew what failed for a while, keeps what it cost, and refuses to go on with another writer', async () => {
    let healthy = false
    const writer = fakeWriter((_, answer) => (answer === 1 && !healthy ? missing('server_error') : {}))
    const answers = {writer, repeats: 2}
    const limits = {sampleSeconds: 5, maxTokens: 1}
    const two = {...readingJudge(), concurrency: 2}
    await runBenchmark(depsIn(folder), requestOf(samplesOf(1), two, {answers, limits}))
    healthy = true
    const other = requestOf(samplesOf(1), two, {
      answers: {writer: {...writer, model: 'writer-2'}, repeats: 2},
      resume: true,
    })
    const error = await runBenchmark(depsIn(folder), other).catch((thrown: unknown) => thrown)
    expect(error).to.include({code: 'BENCHMARK_RESUME_REFUSED', exit: 65})
    expect((error as Error).message).to.include('answers.model')
    const {result} = await runBenchmark(depsIn(folder), requestOf(samplesOf(1), two, {answers, resume: true}))
    expect(result.assessment.answers).to.deep.include({written: 2, missing: {}})
    const failedBefore = writer.asked.length - 2
    expect(failedBefore).to.be.at.least(1)
    expect(result.assessment.answers?.usage.calls).to.equal(writer.asked.length)
    expect(readResult(folder).assessment.samples.measured).to.equal(2)
  })

  it('is verified to the last byte of its answers, and finds one that was changed', async () => {
    const writer = extractiveWriter({now: () => new Date(), monotonic: () => 0})
    const answers = {writer, repeats: 2}
    await runBenchmark(depsIn(folder), requestOf(samplesOf(4), lexicalJudge(), {answers, judgeRepeats: 2}))
    const {data} = await verifyReference(folder, {datasetDir: folder, version: '0.0.0'})
    expect(data.first_difference).to.equal(null)
    expect(data).to.include({verified: true, judgements: 16, recomputed: 16})
    expect(data.checks.map(({check}) => check)).to.include('written answers')
    const file = join(folder, 'answers.jsonl')
    const lines = readFileSync(file, 'utf8').split('\n')
    const changed = JSON.parse(lines[2] ?? '') as AnswerLine
    const text = `${changed.text}- И ещё кое-что.\n`
    // Hash and all: only the writer itself can tell that it never wrote this.
    lines[2] = canonicalLine({...changed, text, sha256: hashText(text)})
    writeFileSync(file, lines.join('\n'))
    const {data: after} = await verifyReference(folder, {datasetDir: folder, version: '0.0.0'})
    const found = after.checks.find(({check}) => check === 'written answers')
    expect(found?.difference).to.match(/^line 3 \(@proglib:sample-1\), sha256/u)
  })

  it('verifies answers that were not written, and judgements that a limit kept from being made', async () => {
    const writer = fakeWriter((_, answer) => (answer === 2 ? missing('refused') : {}))
    const limits = {sampleSeconds: 5, maxTokens: 40}
    const request = requestOf(samplesOf(6), lexicalJudge(), {answers: {writer, repeats: 2}, limits})
    const {result} = await runBenchmark(depsIn(folder), request)
    expect(result.assessment.samples.unmeasured).to.have.all.keys('refused', 'budget_spent')
    const {data} = await verifyReference(folder, {datasetDir: folder, version: '0.0.0'})
    expect(data.first_difference).to.equal(null)
  })
})
