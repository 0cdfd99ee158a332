import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Judge, JudgedSample, Judgement} from '@ep23/sdk'
import {expect} from 'chai'

import {lexicalJudge, recordedJudge} from '#src/adapters/offline-judges.js'
import type {ScoreCalibration} from '#src/domain/calibration.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'
import type {RunRequest} from '#src/usecases/run/run-request.js'

import {assessRun, depsIn, readResult, readSamples, requestOf, SCORES, scenarioOf} from '../../sample/run-parts.ts'
import {samplesOf} from '../../sample/samples.ts'
import {inEnglish} from '@ep23/sdk/testing'

/** About that value, another for every sample: nobody measures the same number thirty times. */
const stored = (value: number, number = 0): Partial<JudgedSample> => ({
  ground_truth: {
    llm_judge: {
      judge_model: 'm',
      prompt_version: 'p-1',
      scores: Object.fromEntries(SCORES.map(name => [name, value - (number % 23) / 1e6])),
    },
  },
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
      'plan.json',
      'report.md',
      'samples.jsonl',
      'scores.csv',
    ])
    expect(existsSync(join(folder, 'journal.jsonl'))).to.equal(false)
  })

  it('counts channels that share their news as one, says so, and decides nothing by them alone', async () => {
    const words = 'в городе открыли выставку, посвящённую истории метро и трамваев, и большую выставку книг'.split(' ')
    const samples = samplesOf(40, number => ({
      channel: number % 2 === 0 ? '@a' : '@b',
      source_text: `Новость ${number >> 1}: ${words.join(' ')}`,
      summary_markdown: `- Новость ${number}: ${words.slice(0, 3 + (number % 10)).join(' ')}.`,
    }))
    const gates = {
      lexical: [{metric: 'coverage', statistic: 'mean', direction: 'at_least', pass: 0.1, warn: 0.05}],
    } as const
    const request = requestOf(samples, lexicalJudge(), {scenario: scenarioOf({gates})})
    const {result} = await runBenchmark(depsIn(folder), request)
    expect(result.dataset.shared_news).to.deep.equal([{channels: ['@a', '@b'], lines: 20, share: 1}])
    expect(result.assessment.remarks.find(({code}) => code === 'shared_news')).to.include({clusters: 1, channels: 2})
    expect(result.assessment.notes.join()).to.include('2 channels are 1 independent group, ')
    const [coverage] = result.assessment.gates.filter(({metric}) => metric === 'coverage')
    expect(coverage)
      .to.include({verdict: 'undecided'})
      .and.deep.include({cause: {code: 'one_channel'}})
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
    expect(inEnglish(warnings).join()).to.include('no thresholds for scores of the scale "lexical"')
  })

  it('takes stored scores, and leaves samples without them unmeasured', async () => {
    const good = await runBenchmark(
      depsIn(folder),
      requestOf(
        samplesOf(30, number => stored(0.95, number)),
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
    const synthetic = samplesOf(30, number => ({...stored(1, number), metadata: {origin: 'synthetic'}}))
    const {result} = await runBenchmark(depsIn(folder), requestOf(synthetic, recordedJudge(SCORES)))
    expect(result.assessment.verdict).to.equal('unmeasured')
    expect(result.assessment.by_origin.synthetic?.scores['coverage']?.mean.estimate).to.be.closeTo(1, 1e-4)
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
    expect(inEnglish(warnings).join()).to.include('--max-tokens 50 is spent')
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

  it('lets no second process into its folder while it goes on, and leaves no lock behind', async () => {
    const {promise: begun, resolve: begin} = Promise.withResolvers<void>()
    const {promise: mayEnd, resolve: end} = Promise.withResolvers<void>()
    const waiting: Judge = {
      ...lexicalJudge(),
      async judge(sample, context) {
        begin()
        await mayEnd
        return lexicalJudge().judge(sample, context)
      },
    }
    const first = runBenchmark(depsIn(folder), requestOf(samplesOf(5), waiting))
    await begun
    const error = await runBenchmark(depsIn(folder), {
      ...requestOf(samplesOf(5), lexicalJudge()),
      resume: true,
    }).catch((thrown: unknown) => thrown)
    expect(error).to.include({code: 'BENCHMARK_RUN_BUSY', exit: 75})
    end()
    expect((await first).result.dataset.records).to.equal(5)
    expect(existsSync(join(folder, '.run.lock'))).to.equal(false)
  })

  it('takes away the folders that it made when nothing was written, and no folder that was there', async () => {
    const nothing = requestOf([], lexicalJudge())
    for (const path of ['runs/of/nobody', '.']) {
      const error = await runBenchmark(depsIn(join(folder, path)), nothing).catch((thrown: unknown) => thrown)
      expect(error).to.include({exit: 65})
      expect(readdirSync(folder)).to.deep.equal([])
    }
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
      'judge.signature.v': requestOf(samplesOf(5), {...judge, signature: 'recorded|v:3'}, {resume: true}),
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

  describe('moves the gauges', () => {
    const values = ({recorded}: ReturnType<typeof depsIn>) =>
      Object.fromEntries(
        recorded.filter(({metric}) => metric === 'metricValue').map(({labels, value}) => [labels['metric'], value]),
      )
    const live: Judge = {...recordedJudge(SCORES), name: 'house', signature: 'house|v:1', model: 'm 1'}

    it('by a whole live run: its verdict and what it measured, of its judge, dataset and origin', async () => {
      const deps = depsIn(folder)
      const samples = samplesOf(10, number => {
        const {ground_truth: truth} = stored(0.95, number)
        const {coherence: _none, ...scores} = truth?.llm_judge?.scores ?? {}
        return {ground_truth: {llm_judge: {judge_model: 'm', scores}}}
      })
      await runBenchmark(deps, requestOf(samples, live))
      const series = {scenario: 'channel_digest_ru', judge: 'house m 1', dataset: 'test'}
      const outcomes = deps.recorded.filter(({metric}) => metric === 'runOutcome')
      expect(outcomes.filter(({value}) => value === 1).map(({labels}) => labels)).to.deep.equal([
        {...series, outcome: 'unmeasured'},
      ])
      expect(values(deps)).to.have.all.keys(
        'coverage',
        'accuracy',
        'informativeness',
        'latency_seconds',
        'measured_share',
      )
      expect(deps.recorded.find(({metric}) => metric === 'metricValue')?.labels).to.include({
        ...series,
        origin: 'telegram',
      })
      // What it did not measure disappears: the series of this judge end before those that there are begin.
      const cleared = deps.recorded.findIndex(({metric}) => metric === 'metricValue cleared')
      expect(deps.recorded[cleared]?.labels).to.deep.equal(series)
      expect(cleared).to.be.below(deps.recorded.findIndex(({metric}) => metric === 'metricValue'))
    })

    const good = () => samplesOf(30, number => stored(0.95, number))
    const partial: Record<string, () => ReturnType<typeof requestOf>> = {
      '--limit': () => requestOf(good(), live, {limit: 29}),
      '--dry-run': () => requestOf(good(), recordedJudge(SCORES), {dryRun: true}),
      'stored scores': () => requestOf(good(), recordedJudge(SCORES)),
      'invented scores': () =>
        requestOf(
          samplesOf(30, () => stored(1)),
          live,
        ),
      'synthetic samples': () =>
        requestOf(
          samplesOf(30, number => ({...stored(0.95, number), metadata: {origin: 'synthetic'}})),
          live,
        ),
      'a limit that stopped it': () =>
        requestOf(samplesOf(5), countingJudge(), {limits: {sampleSeconds: 5, maxTokens: 20}}),
    }
    for (const [what, request] of Object.entries(partial))
      it(`not by ${what}`, async () => {
        const deps = depsIn(folder)
        await runBenchmark(deps, request())
        expect(deps.recorded.map(({metric}) => metric)).to.deep.equal(['runDuration'])
      })
  })

  it('does not pass on scores that look invented, and says so', async () => {
    const invented: Record<string, (number: number) => number> = {
      constant: () => 0.92,
      few_values: number => (number % 3 === 0 ? 0.92 : 0.9),
      equal_channels: number => 0.9 + Math.floor(number / 5) / 100,
    }
    for (const [look, value] of Object.entries(invented)) {
      const {result, warnings} = await runBenchmark(
        depsIn(join(folder, look)),
        requestOf(
          samplesOf(30, number => stored(value(number))),
          recordedJudge(SCORES),
        ),
      )
      expect(result.assessment.verdict, look).to.equal('undecided')
      expect(result.assessment.gates[0]?.cause).to.deep.equal({code: 'looks_invented', look})
      expect(result.assessment.remarks).to.deep.include({code: 'scores_look_invented', look, scores: SCORES})
      expect(inEnglish(warnings).join()).to.include('the scores do not look measured')
      expect(readFileSync(join(folder, look, 'report.md'), 'utf8')).to.include('do not look measured')
    }
  })

  it('names what stands behind each gate, and with --require-calibration decides nothing without it', async () => {
    const request = (changes: Partial<RunRequest>) =>
      requestOf(
        samplesOf(30, number => stored(0.95, number)),
        {...recordedJudge(SCORES), name: 'house', signature: 'house|v:1'},
        changes,
      )
    const {result: open} = await runBenchmark(depsIn(join(folder, 'open')), request({}))
    expect(open.assessment.gates[0]).to.deep.include({metric: 'coverage', verdict: 'pass'})
    expect(open.assessment.gates[0]?.calibration).to.include({status: 'none', rows: null})
    expect(open.assessment.gates.at(-1)).to.include({metric: 'measured_share', calibration: null})
    for (const file of ['report.md', 'junit.xml'])
      expect(readFileSync(join(folder, 'open', file), 'utf8')).to.include('uncalibrated: never held against people')

    const strict = depsIn(join(folder, 'strict'))
    const {result} = await runBenchmark(strict, request({requireCalibration: true}))
    expect(result.assessment.verdict).to.equal('undecided')
    expect(result.assessment.gates[0]?.cause).to.deep.equal({code: 'not_calibrated', status: 'none'})
    expect(strict.recorded.find(({metric}) => metric === 'gateCalibrated')).to.deep.include({value: 0})

    const calibrations: ScoreCalibration[] = [
      {
        ...{judge: 'house', signature: 'house|v:1', model: null, score: 'coverage'},
        ...{given_length: 0.4, krippendorff_alpha: 0.7},
        ...{spearman: {estimate: 0.6, low: 0.3, high: 0.8, confidence: 0.95}, rows: 100, groups: 20},
        ...{labels_sha256: 'a'.repeat(64), rubric: null, at: new Date().toISOString()},
      },
    ]
    const {result: sound} = await runBenchmark(
      depsIn(join(folder, 'sound')),
      request({requireCalibration: true, calibrations}),
    )
    expect(sound.assessment.verdict).to.equal('pass')
    expect(readFileSync(join(folder, 'sound/report.md'), 'utf8')).to.include('calibrated (Spearman 0.6')
  })

  it('names the model and the prompt of stored scores in its signature', async () => {
    const by = (model: string, prompt?: string) => (number: number) => {
      const {ground_truth: truth} = stored(0.95, number)
      const scores = truth?.llm_judge?.scores ?? {}
      return {ground_truth: {llm_judge: {judge_model: model, scores, ...(prompt && {prompt_version: prompt})}}}
    }
    const signatureOf = async (changes: (number: number) => Partial<JudgedSample>) => {
      const name = `run-${Math.random()}`
      const {result} = await runBenchmark(
        depsIn(join(folder, name)),
        requestOf(samplesOf(6, changes), recordedJudge(SCORES)),
      )
      return result.identity.judge
    }
    expect(await signatureOf(by('qwen3', 'p-1'))).to.deep.include({
      signature: 'recorded|by:qwen3/p-1|v:2',
      model: 'qwen3',
      settings: {recorded_by: 'qwen3, prompt p-1', judges: 1},
    })
    expect((await signatureOf(by('a|b c'))).signature).to.equal('recorded|by:a%7Cb%20c/-|v:2')
    const mixed = await signatureOf(number => by(number < 3 ? 'one' : 'two')(number))
    expect(mixed).to.deep.include({model: null, settings: {recorded_by: 'one; two', judges: 2}})
    expect((await signatureOf(() => ({}))).signature).to.equal('recorded|by:nobody|v:2')
  })

  it('names the place and the field of a record that cannot be judged', async () => {
    const bad: Record<string, unknown>[] = [
      {...samplesOf(1)[0], metadata: {origin: 'dreamt'}},
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
