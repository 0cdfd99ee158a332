import {html, jsonElement, type Markup, type PageAssets, pageHead} from '@ep23/report'

import type {ComparedSample, Comparison} from '../../domain/comparison.js'
import {pageWords} from '../../domain/messages/page-words.js'
import type {StoredRun} from '../../domain/run-folder.js'
import type {SampleLine} from '../../domain/sample-line.js'
import type {RunView} from '../../domain/run-view.js'
import {type KeptPost, SAMPLES_A_PAGE, type SampleSummary} from '../../domain/view-data.js'
import {judgedSamples} from '../view/judged-samples.js'
import {runView} from '../view/run-view.js'
import {repliesOf, sampleSummary} from '../view/sample-summary.js'
import {sampleView} from '../view/sample-view.js'
import {type SampleRow, sampleRows} from './sample-rows.js'

export interface ReportOptions {
  assets: PageAssets
  /** Shown first; the reader can switch. */
  language: 'ru' | 'en'
  /** At most so many samples with their texts. */
  details: number
  comparison?: {result: Comparison; before: readonly ComparedSample[]}
  /** The posts of a digest; without it texts are shown whole. */
  posts?: (sample_id: string) => Promise<readonly KeptPost[] | undefined>
}

/**
 * The viewer's page of one run in one file: its data stand in the page, texts one sample at a time, so that a run of any size is
 * written in flat memory. Untrusted text (posts, summaries, judges) stands in JSON that the page's script puts into text nodes.
 */
export async function* renderRunPage(stored: StoredRun, options: ReportOptions): AsyncGenerator<string> {
  const {run} = stored
  const {details, comparison} = options
  const rows = await sampleRows(stored.samples(), run.scenario.scores, {
    details,
    before: comparison?.before,
    pairing: comparison?.result.pairing,
  })
  const view = await runView(stored, {days: rows.map(({day}) => day), comparison: comparison?.result})
  yield pageHead(`${run.scenario.title} · ${run.run_id}`, options.assets, options.language)
  yield `<body data-source="report" data-run="${html`${run.run_id}`.html}">${withoutScript(view).html}<div id="page"></div>\n`
  for (const [key, words] of pageWords()) yield jsonElement(key, words)
  yield jsonElement(`run/${run.run_id}`, view)
  yield* sampleElements(stored, rows, options)
  yield `<script>${options.assets.script}</script></body></html>\n`
}

/** What a reader whose browser runs no script must know. */
function withoutScript({messages: {title, headline}}: RunView): Markup {
  return html`<noscript
    ><main>
      <h1>${title.ru} · ${title.en}</h1>
      <p>${headline.ru}. Остальное показывает скрипт этой страницы.</p>
      <p>${headline.en}. A script of this page shows the rest.</p>
    </main></noscript
  >`
}

/** Pages of the list, and the texts of those digests that have them here. */
async function* sampleElements(
  stored: StoredRun,
  rows: readonly SampleRow[],
  {posts}: ReportOptions,
): AsyncGenerator<string> {
  const {run} = stored
  const replies = await repliesOf(stored, await linesOfDetailed(stored, rows))
  let page: SampleSummary[] = []
  for await (const judged of judgedSamples(stored)) {
    const {index, record} = judged
    const row = rows[index]
    if (!row) continue
    page.push(sampleSummary(row, judged))
    if (row.detailed) {
      const view = sampleView(run, {...judged, replies}, await posts?.(record.sample_id))
      // Only a comparison of two digests needs the words' places.
      yield jsonElement(`run/${run.run_id}/sample/${index}`, {...view, tokens: []})
    }
    if (page.length < SAMPLES_A_PAGE && index + 1 < rows.length) continue
    yield jsonElement(`run/${run.run_id}/page/${Math.floor(index / SAMPLES_A_PAGE)}`, {
      scores: run.scenario.scores,
      samples: page,
    })
    page = []
  }
}

/** Their raw answers alone are kept in memory. */
async function linesOfDetailed({samples}: StoredRun, rows: readonly SampleRow[]): Promise<Pick<SampleLine, 'trail'>[]> {
  const detailed = new Set(rows.filter(row => row.detailed).map(({sample_id}) => sample_id))
  const found: Pick<SampleLine, 'trail'>[] = []
  for await (const {sample_id, trail} of samples()) if (detailed.has(sample_id)) found.push({trail})
  return found
}
