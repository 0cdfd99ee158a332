import {createHash} from 'node:crypto'

import type {JudgedSample} from '@ep23/sdk'
import {expect} from 'chai'

import {reportAssets} from '#src/adapters/report-assets.js'
import type {AnswerLine} from '#src/domain/answers.js'
import type {SampleLine} from '#src/domain/sample-line.js'
import {compareRuns, COMPARE_DEFAULTS} from '#src/usecases/compare/compare-runs.js'
import {renderRunPage, type ReportOptions} from '#src/usecases/report/render-report.js'
import {findFragments} from '#src/usecases/report/sample-detail.js'

import {assessRun} from '../../sample/run-parts.ts'
import {comparable, comparedSamples, facts, judgedSample, runResult, sampleLine, SCORES} from '../../sample/runs.ts'

const HOSTILE = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> " \' ` & \u2028'

async function pageOf(
  records: readonly JudgedSample[],
  lines: readonly SampleLine[],
  {
    assessed = false,
    answers = [],
    ...options
  }: Partial<ReportOptions> & {assessed?: boolean; answers?: AnswerLine[]} = {},
) {
  const result = {
    samples: lines.length,
    measured_share: 1,
    scores: Object.fromEntries(SCORES.map(name => [name, scoreFacts()])),
    latency_seconds: {p50: facts(null), p90: facts(null), p95: facts(null), p99: facts(null)},
  }
  const base = runResult()
  const assessment = assessRun(lines, base.scenario, 'lexical')
  const own = {...base, assessment}
  const hostile = {
    ...base,
    assessment: {
      ...base.assessment,
      by_origin: {telegram: {...result, latency_seconds: unmeasuredLatency()}},
    },
    scenario: {...base.scenario, title: HOSTILE},
  }
  const run = assessed ? own : hostile
  const source = {
    run,
    samples: () => streamOf(lines),
    records: () => streamOf(records),
    answers: () => streamOf(answers),
  }
  const pieces = renderRunPage(source, {assets: await reportAssets(), language: 'ru', details: 500, ...options})
  return (await Array.fromAsync(pieces)).join('')
}

function answerLine(sample_id: string, answer: number): AnswerLine {
  const text = `Ответ ${answer} на ${sample_id}`
  return {sample_id, answer, sha256: 'a', text, missing: null, latency_seconds: 1, usage: null, trail: null}
}

async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

function scoreFacts() {
  return {
    mean: facts(0.8),
    clustered_mean: facts(0.8),
    p10: facts(0.7),
    worst: 0.5,
    unmeasured: {},
    by_channel: {[HOSTILE]: {mean: 0.8, measured: 3, unmeasured: 1}},
    variance: null,
  }
}

function unmeasuredLatency() {
  const nothing = facts(null, {measured: 0})
  return {p50: nothing, p90: nothing, p95: nothing, p99: nothing}
}

function judged(count: number): {records: JudgedSample[]; lines: SampleLine[]} {
  const records = Array.from({length: count}, (_, i) => judgedSample(`@habr:2024-11-${String(i + 1).padStart(2, '0')}`))
  const lines = records.map((record, i) =>
    sampleLine(record, Object.fromEntries(SCORES.map(name => [name, {value: 0.5 + i / 100}])), ''),
  )
  return {records, lines}
}

function dataOf(page: string, id: string) {
  const found = new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, 'su').exec(page)
  return found?.[1] === undefined ? undefined : (JSON.parse(found[1]) as Record<string, never>)
}

describe('the HTML report', () => {
  it('never lets untrusted text become markup', async () => {
    const record = judgedSample('@habr:2024-11-04', {source_text: HOSTILE, summary_markdown: HOSTILE})
    const line = sampleLine(record, {coverage: {value: 0.5, evidence: [HOSTILE]}}, '')
    const page = await pageOf([record], [{...line, channel: HOSTILE}])
    expect(page).to.not.include('<script>alert').and.not.include('<img').and.not.include('<!--')
    expect(page.match(/<\/script>/gu)).to.have.length(3)
    const detail = dataOf(page, 'detail-0') as unknown as {source: string; answers: {summary: string}[]}
    expect([detail.source, detail.answers[0]?.summary]).to.deep.equal([HOSTILE, HOSTILE])
  })

  it('allows its own script and style by their hashes and nothing else', async () => {
    const {records, lines} = judged(1)
    const page = await pageOf(records, lines)
    const policy = /Content-Security-Policy" content="([^"]+)"/u.exec(page)?.[1]?.replaceAll('&#39;', "'")
    const [script, style] = [/<script>(.*?)<\/script>/su, /<style>(.*?)<\/style>/su].map(
      part => part.exec(page)?.[1] ?? '',
    )
    expect(policy).to.include("default-src 'none'")
    for (const part of [script, style])
      expect(policy).to.include(
        `sha256-${createHash('sha256')
          .update(part as string)
          .digest('base64')}`,
      )
    expect(page).to.not.match(/<[a-z][^>]*\s(?:src|href|style|on[a-z]+)=/u)
  })

  it('says everything of ours in both languages', async () => {
    const {records, lines} = judged(2)
    const page = await pageOf(records, lines)
    expect(page.match(/<span lang="ru"/gu)?.length).to.equal(page.match(/<span lang="en"/gu)?.length)
    expect(page).to.include('<html lang="ru">').and.include('полнота').and.include('>coverage<')
  })

  it('says nothing in English to Russian readers, and nothing in Russian to others', async () => {
    const {records, lines} = judged(3)
    const score = (value: number) => () => Object.fromEntries(SCORES.map(name => [name, value]))
    const [before, after] = [comparedSamples(score(0.6)), comparedSamples(score(0.5))]
    const result = compareRuns(comparable('main', before), comparable('now', after), COMPARE_DEFAULTS)
    const page = await pageOf(records, lines, {comparison: {result, before}, assessed: true})
    const said = (language: string) =>
      [...page.matchAll(new RegExp(`<span lang="${language}">([^<]*)<`, 'gu'))].map(([, text]) => text ?? '')
    const names = /Daily digests|p10|\bp\b|channel_digest_ru|lexical|ep23 \S+|--\S+ ?\w*|&#\d+;/gu
    for (const text of said('ru')) expect(text.replaceAll(names, ''), text).to.not.match(/[a-z]{2}/iu)
    for (const text of said('en')) expect(text).to.not.match(/[а-яё]/iu)
    expect(said('ru').join(' ')).to.include('порог').and.include('Стало хуже: полнота −0.100')
  })

  it('answers first whether it got worse and how sure that is, before any table', async () => {
    const {records, lines} = judged(3)
    const score = (value: number) => () => Object.fromEntries(SCORES.map(name => [name, value]))
    const [before, after] = [comparedSamples(score(0.6)), comparedSamples(score(0.5))]
    const result = compareRuns(comparable('main', before), comparable('now', after), COMPARE_DEFAULTS)
    const page = await pageOf(records, lines, {comparison: {result, before}})
    const answer = page.indexOf('Worse: coverage −0.100')
    expect(answer).to.be.greaterThan(0).and.lessThan(page.indexOf('<h2>'))
    expect(page.indexOf('Hardly by chance')).to.be.greaterThan(answer).and.lessThan(page.indexOf('<h2>'))
    expect(page.indexOf('id="comparison"')).to.be.lessThan(page.indexOf('id="samples"'))
  })

  it('puts each sample’s own texts, judgements and shared fragments beside each other', async () => {
    const {records, lines} = judged(3)
    const page = await pageOf(records, lines)
    const detail = dataOf(page, 'detail-2') as unknown as {
      source: string
      answers: {summary: string; fragments: number[][]}[]
      judgements: {scores: unknown}[]
    }
    expect(detail.judgements[0]?.scores).to.deep.equal(lines[2]?.scores)
    const [answer] = detail.answers
    const [from = 0, to = 0, sourceFrom = 0, sourceTo = 0] = answer?.fragments[0] ?? []
    expect(answer?.summary.slice(from, to)).to.equal('В Москве открыли новый мост')
    expect(detail.source.slice(sourceFrom, sourceTo)).to.equal('В Москве открыли новый мост')
  })

  it('marks quotes of the judge where they stand in the source', async () => {
    const record = judgedSample('@habr:2024-11-04')
    const line = sampleLine(record, {coverage: {value: 0.9, evidence: ['новый мост', 'старый мост']}}, '')
    const detail = dataOf(await pageOf([record], [line]), 'detail-0') as unknown as {
      judgements: {evidence: number[][]}[]
    }
    expect(detail.judgements[0]?.evidence).to.deep.equal([[17, 27]])
  })

  it('keeps the texts of those that need a look when there are too many, and says so', async () => {
    const {records, lines} = judged(20)
    const broken = lines.map((line, i) =>
      i === 15 ? {...line, scores: {...line.scores, coverage: {unmeasured: 'refused' as const}}} : line,
    )
    const page = await pageOf(records, broken, {details: 3})
    const kept = records.flatMap((_, i) => (dataOf(page, `detail-${i}`) ? [i] : []))
    expect(kept).to.deep.equal([0, 1, 15])
    expect(page).to.include('3 of 20 samples have their texts here')
    expect(dataOf(page, 'rows')?.['rows']).to.have.length(20)
  })

  it('takes repeated judgements of a sample for one row', async () => {
    const {records, lines} = judged(2)
    const repeated = lines.flatMap(line => [line, {...line, repeat: 2}])
    const page = await pageOf(records, repeated)
    expect(dataOf(page, 'rows')?.['rows']).to.have.length(2)
    expect((dataOf(page, 'detail-1') as unknown as {judgements: unknown[]}).judgements).to.have.length(2)
  })

  it('shows the answers that were written for the run, and where the variance of their scores comes from', async () => {
    const {records, lines} = judged(8)
    const answers = records.flatMap(({sample_id}) => [1, 2].map(answer => answerLine(sample_id, answer)))
    const again = lines.flatMap((line, i) =>
      [1, 2].map(answer => ({
        ...line,
        answer,
        answer_sha256: `${i}.${answer}`,
        scores: Object.fromEntries(SCORES.map(name => [name, {value: ((i * 3) % 7) / 10 + answer / 50}])),
      })),
    )
    const page = await pageOf(records, again, {assessed: true, answers})
    const detail = dataOf(page, 'detail-1') as unknown as {answers: {summary: string; model: string}[]}
    expect(detail.answers.map(({summary}) => summary)).to.deep.equal(
      [1, 2].map(answer => `Ответ ${answer} на ${records[1]?.sample_id}`),
    )
    expect(page).to.include('Откуда разброс оценок').and.include('Where the variance comes from')
    expect(page).to.include('не оценить: 1 оценка на ответ (это часть различия ответов)')
    expect(page).to.not.include(records[1]?.summary_markdown)
  })

  it('shows what changed against another run', async () => {
    const {records, lines} = judged(3)
    const score = () => Object.fromEntries(SCORES.map(name => [name, 0.5]))
    const before = comparedSamples(score)
    const result = compareRuns(comparable('main', before), comparable('now', before), COMPARE_DEFAULTS)
    const page = await pageOf(records, lines, {comparison: {result, before}})
    expect(page).to.include('id="comparison"').and.include('без разницы')
    const rows = dataOf(page, 'rows')?.['rows'] as unknown as {id: string; before: number[]}[]
    expect(rows[2]).to.include({id: '@habr:2024-11-03'})
  })

  it('finds shared runs of three words whatever their case, and no shorter ones', () => {
    const source = 'Вчера НОВЫЙ мост открыли в Москве.'
    const found = findFragments(source, 'Новый мост открыли, и вот в Москве праздник')
    expect(found.map(({source: [start, end]}) => source.slice(start, end))).to.deep.equal(['НОВЫЙ мост открыли'])
  })
})
