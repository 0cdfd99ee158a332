import {createHash} from 'node:crypto'

import {inTurns} from '@ep23/sdk'

import type {StoredRun} from '../../domain/run-folder.js'
import type {RunView} from '../../domain/run-view.js'
import {
  SAMPLES_A_PAGE,
  type DayView,
  type KeptPost,
  type OtherRun,
  type RunIndex,
  type SamplePage,
  type SampleSummary,
  type SampleView,
} from '../../domain/view-data.js'
import type {RunSummary, ViewLoader} from '../../domain/view-summary.js'
import {judgedSamples, type JudgedDigest} from './judged-samples.js'
import {matrixOf} from './matrix.js'
import {pagesOf, runView} from './run-view.js'
import {repliesOf, sampleSummary} from './sample-summary.js'
import {sampleView} from './sample-view.js'
import {trendSteps} from './trend.js'

export interface ViewPorts {
  signal: AbortSignal
  /** All runs there are now, the newest first; unchanged ones are not read again. */
  summaries(): Promise<{runs: readonly RunSummary[]; others: readonly OtherRun[]}>
  /** What is known in a moment while many are read for the first time. */
  soon(): Promise<{runs: readonly RunSummary[]; others: readonly OtherRun[]; reading: number}>
  baselines(): Promise<RunIndex['baselines']>
  openRun(folder: string): Promise<StoredRun>
  /** The posts of a digest; undefined when nobody kept them. */
  posts(sample_id: string): Promise<readonly KeptPost[] | undefined>
}

/** Answers to all that the pages ask, live and exported alike. */
export function createViewLoader(ports: ViewPorts): ViewLoader {
  const answers: readonly (readonly [pattern: RegExp, answer: (...parts: string[]) => Promise<unknown>])[] = [
    [/^runs$/u, () => runIndex(ports)],
    [/^trend$/u, () => trendNow(ports)],
    [/^matrix$/u, async () => matrixOf((await ports.summaries()).runs)],
    [/^run\/([\w.-]+)$/u, id => oneRun(ports, id)],
    [/^run\/([\w.-]+)\/page\/(\d+)$/u, (id, page) => samplePage(ports, id, Number(page))],
    [/^run\/([\w.-]+)\/sample\/(\d+)$/u, (id, index) => oneSample(ports, id, Number(index))],
    [/^days$/u, () => daysOf(ports)],
    [/^day\/(.+)$/u, id => dayView(ports, id)],
  ]

  async function load(key: string): Promise<unknown> {
    for (const [pattern, answer] of answers) {
      const found = pattern.exec(key)
      if (found) return answer(...found.slice(1))
    }
    return undefined
  }

  return {load, version: () => versionOf(ports), entries: () => entriesOf(ports, load)}
}

async function trendNow(ports: ViewPorts): Promise<unknown> {
  const {runs} = await ports.summaries()
  return inTurns(trendSteps(runs, [], await ports.baselines()), ports.signal)
}

async function versionOf(ports: ViewPorts): Promise<string> {
  const {runs, others, reading} = await ports.soon()
  const ids = [runs.map(({head}) => [head.run_id, head.finished_at]), others, reading]
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 16)
}

async function* entriesOf(
  ports: ViewPorts,
  load: ViewLoader['load'],
): AsyncGenerator<readonly [key: string, value: unknown]> {
  const {runs} = await ports.summaries()
  for (const key of ['runs', 'trend', 'matrix', 'days']) yield [key, await load(key)]
  for (const {folder, head, digests} of runs) {
    const id = `run/${head.run_id}`
    yield [id, await load(id)]
    for (let page = 0; page < pagesOf(digests.length); page += 1)
      yield [`${id}/page/${page}`, await load(`${id}/page/${page}`)]
    for await (const [index, view] of allSamples(ports, folder)) yield [`${id}/sample/${index}`, view]
  }
  for (const day of await daysOf(ports)) yield [`day/${day}`, await load(`day/${day}`)]
}

async function runIndex(ports: ViewPorts): Promise<RunIndex> {
  const [{runs, others, reading}, baselines] = [await ports.soon(), await ports.baselines()]
  return {runs: runs.map(({head}) => head), others, baselines, reading}
}

async function summaryOf(ports: ViewPorts, run_id: string): Promise<RunSummary | undefined> {
  const isIt = ({head}: RunSummary): boolean => head.run_id === run_id
  const known = await ports.soon()
  return known.runs.find(isIt) ?? (known.reading > 0 ? (await ports.summaries()).runs.find(isIt) : undefined)
}

async function oneRun(ports: ViewPorts, run_id: string): Promise<RunView | undefined> {
  const summary = await summaryOf(ports, run_id)
  if (!summary) return undefined
  const {first_day: from, last_day: to} = summary.head
  const days = from === null || to === null ? null : {from, to}
  return runView(await ports.openRun(summary.folder), {samples: summary.digests.length, days})
}

async function samplePage(ports: ViewPorts, run_id: string, page: number): Promise<SamplePage | undefined> {
  const summary = await summaryOf(ports, run_id)
  if (!summary || page >= pagesOf(summary.digests.length)) return undefined
  const [from, to] = [page * SAMPLES_A_PAGE, (page + 1) * SAMPLES_A_PAGE]
  const samples: SampleSummary[] = []
  for await (const judged of judgedSamples(await ports.openRun(summary.folder))) {
    const digest = summary.digests[judged.index]
    if (judged.index >= from && digest) samples.push(sampleSummary(judged, digest))
    if (judged.index >= to - 1) break
  }
  return {scores: summary.scores, samples}
}

async function oneSample(ports: ViewPorts, run_id: string, index: number): Promise<SampleView | undefined> {
  const summary = await summaryOf(ports, run_id)
  if (!summary) return undefined
  const stored = await ports.openRun(summary.folder)
  for await (const judged of judgedSamples(stored))
    if (judged.index === index) return viewOf(ports, stored, judged, await repliesOf(stored, judged.lines))
  return undefined
}

async function* allSamples(ports: ViewPorts, folder: string): AsyncGenerator<readonly [number, SampleView]> {
  const stored = await ports.openRun(folder)
  const replies = await repliesOf(stored)
  for await (const judged of judgedSamples(stored)) yield [judged.index, await viewOf(ports, stored, judged, replies)]
}

async function viewOf(
  ports: ViewPorts,
  {run}: StoredRun,
  judged: JudgedDigest,
  replies: ReadonlyMap<string, string>,
): Promise<SampleView> {
  return sampleView(run, {...judged, replies}, await ports.posts(judged.record.sample_id))
}

/** Every digest that any run judged. */
async function daysOf(ports: ViewPorts): Promise<string[]> {
  const {runs} = await ports.summaries()
  return [...new Set(runs.flatMap(({digests}) => digests.map(({sample_id}) => sample_id)))].sort()
}

async function dayView(ports: ViewPorts, sample_id: string): Promise<DayView | undefined> {
  const {runs} = await ports.summaries()
  const digests = runs.flatMap(({head, scores: names, digests}) =>
    digests
      .filter(digest => digest.sample_id === sample_id)
      .map(({index, writer, anew, scores}) => ({
        run_id: head.run_id,
        index,
        writer,
        anew,
        judge: head.instrument.model ?? head.instrument.judge,
        scores,
        names,
      })),
  )
  return digests.length === 0 ? undefined : {sample_id, digests}
}
