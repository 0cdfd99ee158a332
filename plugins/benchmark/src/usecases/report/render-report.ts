import {both, escapeHtml, html, type Markup, type PageAssets, pageHead, scriptJson} from '@ep23/report'
import {type JudgedSample, UNMEASURED_REASONS} from '@ep23/sdk'

import type {AnswerLine} from '../../domain/answers.js'
import type {ComparedSample, Comparison} from '../../domain/comparison.js'
import type {RunResult} from '../../domain/run-result.js'
import type {SampleLine} from '../../domain/sample-line.js'
import {answerSection} from './answer-section.js'
import {comparisonSection} from './comparison-section.js'
import {gateSection} from './gate-section.js'
import {reportFooter, reportHeader, wordPairs} from './report-frame.js'
import {groupedBySample} from '../view/judged-samples.js'
import {sampleDetail} from './sample-detail.js'
import {type SampleRow, sampleRows} from './sample-rows.js'
import {originSection} from './score-section.js'

export interface ReportSource {
  run: RunResult
  samples: () => AsyncIterable<SampleLine>
  records: () => AsyncIterable<JudgedSample>
  /** Written anew for the run; none when those of the records were judged. */
  answers?: () => AsyncIterable<AnswerLine>
}

export interface ReportOptions {
  assets: PageAssets
  /** Shown first; the reader can switch. */
  language: 'ru' | 'en'
  /** At most so many samples with their texts. */
  details: number
  comparison?: {result: Comparison; before: readonly ComparedSample[]}
}

/**
 * The whole report as pieces of one HTML page, texts one sample at a time: a run of any size is written in flat memory. Untrusted
 * text (posts, summaries, judges) is escaped or stands in JSON that the page's script puts into text nodes.
 */
export async function* renderRunPage(source: ReportSource, options: ReportOptions): AsyncGenerator<string> {
  const {run} = source
  const {details, comparison} = options
  const rows = await sampleRows(source.samples(), run.scenario.scores, {
    details,
    before: comparison?.before,
    pairing: comparison?.result.pairing,
  })
  yield pageHead(`${run.scenario.title} · ${run.run_id}`, options.assets, options.language)
  yield `<body>${body(run, rows, options).html}\n`
  yield dataScript('rows', {
    scores: run.scenario.scores,
    words: wordPairs([...run.scenario.scores, 'synthetic', ...UNMEASURED_REASONS]),
    rows,
  })
  for await (const detail of detailScripts(source, rows)) yield detail
  yield `<script>${options.assets.script}</script></body></html>\n`
}

function body(run: RunResult, rows: readonly SampleRow[], {comparison: compared, language}: ReportOptions): Markup {
  const comparison = compared?.result
  const origins = Object.entries(run.assessment.by_origin).filter(([, result]) => result.samples > 0)
  const latenciesOf = (origin: string): number[] =>
    rows.flatMap(row => (row.origin === origin && row.latency !== null ? [row.latency] : []))
  return html`${reportHeader(run, daysOf(rows), language)}
    <main>
      ${answerSection(run, comparison)}${comparison ? comparisonSection(comparison) : null}${origins.map(([origin, result]) => originSection(run, origin, result, latenciesOf(origin)))}
      ${gateSection(run)}${sampleSection(rows)}
    </main>
    ${reportFooter(run)}`
}

function daysOf(rows: readonly SampleRow[]): string {
  const days = rows.map(({day}) => day).toSorted()
  return days[0] === days.at(-1) ? (days[0] ?? '—') : `${days[0]} … ${days.at(-1)}`
}

function sampleSection(rows: readonly SampleRow[]): Markup {
  const detailed = rows.filter(row => row.detailed).length
  return html`<section id="samples">
    <h2>${both('Образцы', 'Samples')}</h2>
    ${detailed < rows.length ? html`<p class="note">${both(`Тексты есть у ${detailed} из ${rows.length} образцов: у тех, на которые стоит взглянуть.`, `${detailed} of ${rows.length} samples have their texts here: those that need a look.`)}</p>` : null}
    <noscript
      ><p class="note">
        ${both('Список образцов показывает скрипт этой страницы.', 'A script of this page shows the list of samples.')}
      </p></noscript
    >
    <div id="list"></div>
  </section>`
}

/** Lines and records stand in one order, so that each sample's lines are the next ones. */
async function* detailScripts(
  {samples, records, answers}: ReportSource,
  rows: readonly SampleRow[],
): AsyncGenerator<string> {
  const wanted = new Map(rows.map((row, index) => [row.id, {index, detailed: row.detailed}]))
  const groups = groupedBySample(samples())
  const written = answers && groupedBySample(answers())
  for await (const record of records()) {
    const own = (await written?.next())?.value
    const row = wanted.get(record.sample_id)
    if (!row) continue
    const {value: lines} = await groups.next()
    if (row.detailed) yield dataScript(`detail-${row.index}`, sampleDetail(record, lines ?? [], own ?? []))
  }
}

function dataScript(id: string, value: unknown): string {
  return `<script type="application/json" id="${escapeHtml(id)}">${scriptJson(value)}</script>\n`
}
