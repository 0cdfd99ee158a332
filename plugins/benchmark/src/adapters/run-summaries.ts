import {stat} from 'node:fs/promises'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {RUN_FILES, RUNS_FOLDER, type StoredRun} from '../domain/run-folder.js'
import type {OtherRun} from '../domain/view-data.js'
import type {RunSummary} from '../domain/view-summary.js'
import {runIds} from './runs-directory.js'
import {openStoredRun} from './stored-run.js'
import {SummaryCache} from './summary-cache.js'

interface SummariesOptions {
  datasetDir: string
  /** Losing it costs time only. */
  cacheFile: string
  summarize: (run: StoredRun) => Promise<RunSummary>
}

export interface RunSummaries {
  runs: readonly RunSummary[]
  others: readonly OtherRun[]
}

/** What is known while runs are still read. */
export interface RunSummariesSoFar extends RunSummaries {
  /** Folders that were not looked at yet. */
  reading: number
}

/** As long as somebody waits for a page gladly, and at most until there is something to show. */
const SOON_MS = 200
const LATEST_MS = 2000
const STEP_MS = 25

interface SummaryReader {
  (): Promise<RunSummaries>
  /** What is known in a moment, whatever is left to read. */
  soon(): Promise<RunSummariesSoFar>
}

/**
 * The runs in the dataset's folder, the newest first. A run is read when it is new or its `run.json` changed; what was found is kept
 * in the cache folder, so that the next viewer starts at once.
 */
export function createRunSummaries({datasetDir, cacheFile, summarize}: SummariesOptions): SummaryReader {
  let remembered: Promise<SummaryCache> | undefined
  let running: Promise<RunSummaries> | undefined
  // Nobody knows yet whether there are any: "none" would be shown for seconds.
  let soFar: RunSummariesSoFar = {runs: [], others: [], reading: 1}
  let last: RunSummaries | undefined
  // Not read again at every look, as long as they stay as they are.
  const damaged = new Map<string, {stamp: string; problem: string}>()

  async function read(): Promise<RunSummaries> {
    const known = await (remembered ??= SummaryCache.open(cacheFile))
    const runs: RunSummary[] = []
    const others: OtherRun[] = []
    let learned = 0
    const ids = (await runIds(datasetDir)).toReversed()
    if (!last) soFar = {runs, others, reading: Math.max(1, ids.length)}
    const folderOf = (run_id: string): string => join(datasetDir, RUNS_FOLDER, run_id)
    // All at once: asked for one after the other, hundreds of them take longer than to read what is known of them.
    const stamps = await Promise.all(ids.map(run_id => stampOf(join(folderOf(run_id), RUN_FILES.result))))
    for (const [index, run_id] of ids.entries()) {
      soFar = {runs, others, reading: ids.length - index}
      const folder = folderOf(run_id)
      const stamp = stamps[index]
      const before = known.get(folder)
      if (stamp !== undefined && before?.stamp === stamp) runs.push(before.summary)
      else if (stamp === undefined) others.push(...(await unfinished(folder, run_id)))
      else if (damaged.get(folder)?.stamp === stamp)
        others.push({run_id, problem: damaged.get(folder)?.problem ?? null})
      else {
        const found = await open(folder, summarize)
        if ('problem' in found) {
          damaged.set(folder, {stamp, problem: found.problem})
          others.push({run_id, problem: found.problem})
        } else {
          learned += 1
          runs.push(known.set(folder, {stamp, summary: found}))
        }
      }
    }
    last = {runs, others}
    if (learned > 0) await known.write()
    return {runs, others}
  }

  // Requests that come together share one look.
  const all = (): Promise<RunSummaries> => (running ??= read().finally(() => (running = undefined)))
  async function someKnown(): Promise<undefined> {
    for (let waited = 0; waited < LATEST_MS; waited += STEP_MS) {
      if (waited >= SOON_MS && (last ?? soFar).runs.length > 0) return
      await delay(STEP_MS)
    }
  }
  const soon = async (): Promise<RunSummariesSoFar> => {
    const whole = await Promise.race([all(), someKnown()])
    const known = whole ?? last
    return known ? {...known, reading: 0} : {...soFar, runs: [...soFar.runs], others: [...soFar.others]}
  }
  return Object.assign(all, {soon})
}

async function stampOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? `${found.mtimeMs} ${found.size}` : undefined
}

async function unfinished(folder: string, run_id: string): Promise<OtherRun[]> {
  return (await stampOf(join(folder, RUN_FILES.plan))) === undefined ? [] : [{run_id, problem: null}]
}

async function open(folder: string, summarize: SummariesOptions['summarize']): Promise<RunSummary | {problem: string}> {
  try {
    return await summarize(await openStoredRun(folder))
  } catch (error) {
    return {problem: (error as Error).message}
  }
}
