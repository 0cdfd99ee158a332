import {html, jsonElement, type Markup, type PageAssets, pageHead} from '@ep23/report'

import type {ComparedSample, Comparison} from '../../domain/comparison.js'
import {pageWords} from '../../domain/messages/page-words.js'
import {RUN_FILES, type StoredRun} from '../../domain/run-folder.js'
import type {SampleLine} from '../../domain/sample-line.js'
import type {RunView} from '../../domain/run-view.js'
import {type KeptPost, SAMPLES_A_PAGE, type SampleSummary} from '../../domain/view-data.js'
import {groupedBySample, judgedSamples} from '../view/judged-samples.js'
import {runView} from '../view/run-view.js'
import {repliesOf, sampleSummary} from '../view/sample-summary.js'
import {sampleView} from '../view/sample-view.js'
import {type ChosenSamples, chooseSamples, type Room, rowScores} from './choose-samples.js'

export interface ReportOptions extends Pick<Room, 'details'> {
  assets: PageAssets
  /** Shown first; the reader can switch. */
  language: 'ru' | 'en'
  /** As many as a browser sorts and searches at once (some four megabytes), unless told. */
  listed?: number
  /** @param counterparts of the run's samples in the other run, by sample id */
  comparison?: {result: Comparison; counterparts: ReadonlyMap<string, ComparedSample>}
  /** The posts of a digest; without it texts are shown whole. */
  posts?: (sample_id: string) => Promise<readonly KeptPost[] | undefined>
}

const LISTED = 10_000

/**
 * The viewer's page of one run in one file: its data stand in the page, texts one sample at a time, so that a run of any size is
 * written in flat memory. Untrusted text (posts, summaries, judges) stands in JSON that the page's script puts into text nodes.
 */
export async function* renderRunPage(stored: StoredRun, options: ReportOptions): AsyncGenerator<string> {
  const {run} = stored
  const {details, listed = LISTED, comparison} = options
  const scoresOf = rowScores(run.scenario.scores, comparison?.counterparts ?? new Map())
  const chosen = await chooseSamples(stored.samples(), scoresOf, {details, listed})
  const {samples, days} = chosen
  const view = await runView(stored, {samples, days, listed, comparison: comparison?.result})
  yield pageHead(`${run.scenario.title} · ${run.run_id}`, options.assets, options.language)
  yield `<body data-source="report" data-run="${html`${run.run_id}`.html}">${withoutScript(view).html}<div id="page"></div>\n`
  for (const [key, words] of pageWords()) yield jsonElement(key, words)
  yield jsonElement(`run/${run.run_id}`, view)
  yield* sampleElements(stored, chosen, {...options, scoresOf})
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
  chosen: ChosenSamples,
  {posts, scoresOf}: ReportOptions & {scoresOf: ReturnType<typeof rowScores>},
): AsyncGenerator<string> {
  const {run} = stored
  const replies = await repliesOf(stored, await linesWithTexts(stored, chosen))
  let page: SampleSummary[] = []
  let pages = 0
  const pageElement = (): string =>
    jsonElement(`run/${run.run_id}/page/${pages++}`, {scores: run.scenario.scores, samples: page})
  for await (const judged of judgedSamples(stored)) {
    const {index, record, lines} = judged
    if (!chosen.isListed(index)) continue
    page.push(sampleSummary(judged, scoresOf(lines)))
    if (chosen.hasTexts(index)) {
      const view = sampleView(run, {...judged, replies}, await posts?.(record.sample_id))
      // Only a comparison of two digests needs the words' places.
      yield jsonElement(`run/${run.run_id}/sample/${index}`, {...view, tokens: []})
    }
    if (page.length < SAMPLES_A_PAGE) continue
    yield pageElement()
    page = []
  }
  if (page.length > 0) yield pageElement()
}

/** Their raw answers alone are kept in memory; most judges leave none. */
async function linesWithTexts(
  {samples, run}: StoredRun,
  {hasTexts}: ChosenSamples,
): Promise<Pick<SampleLine, 'trail'>[]> {
  const found: Pick<SampleLine, 'trail'>[] = []
  if (!run.files.some(({name}) => name === RUN_FILES.replies)) return found
  let index = 0
  for await (const lines of groupedBySample(samples()))
    if (hasTexts(index++)) found.push(...lines.map(({trail}) => ({trail})))
  return found
}
