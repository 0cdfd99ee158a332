import {createHash} from 'node:crypto'

import type {JudgedSample} from '@ep23/sdk'
import {expect} from 'chai'

import {reportAssets} from '#src/adapters/view-assets.js'
import type {AnswerLine} from '#src/domain/answers.js'
import type {ComparedSample} from '#src/domain/comparison.js'
import type {LocalizedText} from '#src/domain/messages/localized-text.js'
import type {SampleLine} from '#src/domain/sample-line.js'
import type {RunView} from '#src/domain/run-view.js'
import type {SamplePage, SampleView} from '#src/domain/view-data.js'
import {compareRuns, COMPARE_DEFAULTS} from '#src/usecases/compare/compare-runs.js'
import {renderRunPage, type ReportOptions} from '#src/usecases/report/render-report.js'
import {findFragments} from '#src/usecases/view/shared-places.js'

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
    folder: '',
    run,
    samples: () => streamOf(lines),
    records: () => streamOf(records),
    answers: () => streamOf(answers),
    replies: () => streamOf([]),
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

const byId = (samples: readonly ComparedSample[]): Map<string, ComparedSample> =>
  new Map(samples.map(sample => [sample.sample_id, sample]))

const RUN = `run/${runResult().run_id}`

/** The caller knows what is behind its key. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function dataOf<T>(page: string, key: string): T | undefined {
  const found = new RegExp(`<script type="application/json" id="${key}">(.*?)</script>`, 'su').exec(page)
  return found?.[1] === undefined ? undefined : (JSON.parse(found[1]) as T)
}

const viewOf = (page: string): RunView => dataOf<RunView>(page, RUN) as RunView
const listOf = (page: string): SamplePage => dataOf<SamplePage>(page, `${RUN}/page/0`) as SamplePage
const sampleOf = (page: string, index: number): SampleView | undefined =>
  dataOf<SampleView>(page, `${RUN}/sample/${index}`)

/** Every sentence of a page's data, in both languages. */
function sentencesIn(value: unknown): LocalizedText[] {
  if (typeof value !== 'object' || value === null) return []
  if ('ru' in value && 'en' in value) return [value as LocalizedText]
  return Object.values(value).flatMap(sentencesIn)
}

describe('the HTML report', () => {
  it('never lets untrusted text become markup', async () => {
    const record = judgedSample('@habr:2024-11-04', {source_text: HOSTILE, summary_markdown: HOSTILE})
    const line = sampleLine(record, {coverage: {value: 0.5, evidence: [HOSTILE]}}, '')
    const page = await pageOf([record], [{...line, channel: HOSTILE}])
    expect(page).to.not.include('<script>alert').and.not.include('<img').and.not.include('<!--')
    // Words of both languages, the run, its list, one sample, the script.
    expect(page.match(/<\/script>/gu)).to.have.length(6)
    const sample = sampleOf(page, 0)
    expect([sample?.source, sample?.summary]).to.deep.equal([HOSTILE, HOSTILE])
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

  it('says the same words in both languages, and the answer to readers whose browser runs no script', async () => {
    const {records, lines} = judged(2)
    const page = await pageOf(records, lines, {assessed: true})
    const [ru, en] = ['ru', 'en'].map(language => dataOf<Record<string, string>>(page, `words/${language}`) ?? {})
    expect(Object.keys(ru ?? {})).to.deep.equal(Object.keys(en ?? {}))
    expect([ru?.['coverage'], en?.['coverage']]).to.deep.equal(['полнота', 'coverage'])
    const {headline} = viewOf(page).messages
    const unscripted = /<noscript\s*>(.*?)<\/noscript\s*>/su.exec(page)?.[1]
    expect(page).to.include('<html lang="ru">')
    expect(unscripted).to.include(headline.ru).and.include(headline.en)
  })

  it('says nothing in English to Russian readers, and nothing in Russian to others', async () => {
    const {records, lines} = judged(3)
    const score = (value: number) => () => Object.fromEntries(SCORES.map(name => [name, value]))
    const [before, after] = [comparedSamples(score(0.6)), comparedSamples(score(0.5))]
    const result = compareRuns(comparable('main', before), comparable('now', after), COMPARE_DEFAULTS)
    const said = sentencesIn(
      viewOf(await pageOf(records, lines, {comparison: {result, counterparts: byId(before)}, assessed: true})),
    )
    const names = /Daily digests|\bp\b|channel_digest_ru|lexical/gu
    for (const {ru, en} of said) {
      expect(ru.replaceAll(names, ''), ru).to.not.match(/[a-z]{2}/iu)
      expect(en).to.not.match(/[а-яё]/iu)
    }
    expect(said.map(({ru}) => ru).join(' ')).to.include('Стало хуже: полнота −0,100')
    expect(said.map(({en}) => en).join(' ')).to.include('Hardly by chance')
  })

  it('puts each sample’s own texts, judgements and shared fragments beside each other', async () => {
    const {records, lines} = judged(3)
    const sample = sampleOf(await pageOf(records, lines), 2)
    expect(sample?.judgements[0]?.scores).to.deep.equal(lines[2]?.scores)
    const [from = 0, to = 0, sourceFrom = 0, sourceTo = 0] = sample?.fragments[0] ?? []
    expect(sample?.summary.slice(from, to)).to.equal('В Москве открыли новый мост')
    expect(sample?.source.slice(sourceFrom, sourceTo)).to.equal('В Москве открыли новый мост')
  })

  it('shows the posts of a digest each by itself where they are known, and is made of the run alone where not', async () => {
    const record = judgedSample('@habr:2024-11-04')
    const line = sampleLine(record, {coverage: {value: 0.5}}, '')
    const post = {post_id: '7', text: record.source_text, published_at: '2024-11-04T10:00:00Z'}
    const known = sampleOf(await pageOf([record], [line], {posts: async () => [post]}), 0)
    expect(known?.posts?.map(({post_id}) => post_id)).to.deep.equal(['7'])
    expect(sampleOf(await pageOf([record], [line]), 0)?.posts).to.equal(null)
  })

  it('marks quotes of the judge where they stand in the source', async () => {
    const record = judgedSample('@habr:2024-11-04')
    const line = sampleLine(record, {coverage: {value: 0.9, evidence: ['новый мост', 'старый мост']}}, '')
    const sample = sampleOf(await pageOf([record], [line]), 0)
    expect(sample?.judgements[0]?.evidence).to.deep.equal([[17, 27]])
  })

  it('keeps the texts of those that need a look when there are too many', async () => {
    const {records, lines} = judged(20)
    const broken = lines.map((line, i) =>
      i === 15 ? {...line, scores: {...line.scores, coverage: {unmeasured: 'refused' as const}}} : line,
    )
    const page = await pageOf(records, broken, {details: 3})
    const kept = records.flatMap((_, i) => (sampleOf(page, i) ? [i] : []))
    expect(kept).to.deep.equal([0, 1, 15])
    expect(listOf(page).samples).to.have.length(20)
  })

  it('lists those that need a look when there are too many for one file, and says so', async () => {
    const {records, lines} = judged(20)
    const page = await pageOf(records, lines, {listed: 5})
    expect(listOf(page).samples.map(({index}) => index)).to.deep.equal([0, 1, 2, 3, 4])
    expect(records.flatMap((_, i) => (sampleOf(page, i) ? [i] : []))).to.deep.equal([0, 1, 2, 3, 4])
    const {messages, days, pages} = viewOf(page)
    expect(messages.listed?.en).to.include('5 of 20 digests').and.include('ep23 view')
    expect([days?.from, days?.to, pages]).to.deep.equal(['2024-11-01', '2024-11-20', 1])
    expect(viewOf(await pageOf(records, lines)).messages).to.not.have.property('listed')
  })

  it('takes repeated judgements of a sample for one row', async () => {
    const {records, lines} = judged(2)
    const repeated = lines.flatMap(line => [line, {...line, repeat: 2}])
    const page = await pageOf(records, repeated)
    expect(listOf(page).samples).to.have.length(2)
    expect(sampleOf(page, 1)?.judgements).to.have.length(2)
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
    const {summary, others} = sampleOf(page, 1) as SampleView
    expect([summary, ...others.map(other => other.summary)]).to.deep.equal(
      [1, 2].map(answer => `Ответ ${answer} на ${records[1]?.sample_id}`),
    )
    const shares = Object.values(viewOf(page).variance)
      .flat()
      .flatMap(({parts}) => parts.map(({share}) => share.ru))
    expect(shares).to.include('не оценить: 1 оценка на ответ (это часть различия ответов)')
    expect(page).to.not.include(records[1]?.summary_markdown)
  })

  it('shows what changed against another run', async () => {
    const {records, lines} = judged(5)
    const score = () => Object.fromEntries(SCORES.map(name => [name, 0.5]))
    const before = comparedSamples(score)
    const result = compareRuns(comparable('main', before), comparable('now', before), COMPARE_DEFAULTS)
    const page = await pageOf(records, lines, {comparison: {result, counterparts: byId(before)}})
    expect(viewOf(page).comparison?.result.verdict).to.equal('no_difference')
    // That run begins on the fourth.
    const befores = listOf(page).samples.map(({before: scores}) => scores)
    expect(befores.slice(2)).to.deep.equal([undefined, SCORES.map(() => 0.5), SCORES.map(() => 0.5)])
  })

  it('finds shared runs of three words whatever their case, and no shorter ones', () => {
    const source = 'Вчера НОВЫЙ мост открыли в Москве.'
    const found = findFragments(source, 'Новый мост открыли, и вот в Москве праздник')
    expect(found.map(({source: [start, end]}) => source.slice(start, end))).to.deep.equal(['НОВЫЙ мост открыли'])
  })
})
