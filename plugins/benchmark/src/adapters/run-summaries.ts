import {mkdir, readFile, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {isObject, type Shape, shapeProblem, writeFileAtomically} from '@ep23/sdk'

import {RUN_FILES, RUNS_FOLDER, type StoredRun} from '../domain/run-folder.js'
import type {OtherRun} from '../domain/view-data.js'
import type {RunSummary} from '../domain/view-summary.js'
import {runIds} from './runs-directory.js'
import {openStoredRun} from './stored-run.js'

const CACHE_VERSION = 4

/** What is remembered of a run's folder while its `run.json` stays as it is. */
interface Remembered {
  stamp: string
  summary: RunSummary
}

const KEPT_SHAPE: Shape = [
  ['stamp', 'text'],
  ['summary', 'object'],
  ['summary.folder', 'text'],
  ['summary.head', 'object'],
  ['summary.head.run_id', 'text'],
  ['summary.head.title', 'text'],
  ['summary.head.instrument', 'object'],
  ['summary.head.writers', 'list'],
  ['summary.head.verdict', 'text'],
  ['summary.head.finished_at', 'text'],
  ['summary.scores', 'list'],
  ['summary.digests', 'list'],
  ['summary.digests.*', 'object'],
  ['summary.digests.*.sample_id', 'text'],
  ['summary.digests.*.channel', 'text'],
  ['summary.digests.*.day', 'text'],
  ['summary.digests.*.writer', 'text'],
  ['summary.digests.*.scores', 'list'],
]

interface CacheFile {
  version: typeof CACHE_VERSION
  runs: Record<string, Remembered>
}

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

/**
 * The runs in the dataset's folder, the newest first. A run is read when it is new or its `run.json` changed; what was found is kept
 * in the cache folder, so that the next viewer starts at once.
 */
export function createRunSummaries({datasetDir, cacheFile, summarize}: SummariesOptions): () => Promise<RunSummaries> {
  let remembered: Promise<Map<string, Remembered>> | undefined
  let running: Promise<RunSummaries> | undefined
  // Not read again at every look, as long as they stay as they are.
  const damaged = new Map<string, {stamp: string; problem: string}>()

  async function read(): Promise<RunSummaries> {
    const known = await (remembered ??= readCache(cacheFile))
    const runs: RunSummary[] = []
    const others: OtherRun[] = []
    let learned = 0
    for (const run_id of (await runIds(datasetDir)).toReversed()) {
      const folder = join(datasetDir, RUNS_FOLDER, run_id)
      const stamp = await stampOf(join(folder, RUN_FILES.result))
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
          known.set(folder, {stamp, summary: found})
          runs.push(found)
        }
      }
    }
    if (learned > 0) await writeCache(cacheFile, known)
    return {runs, others}
  }

  // Requests that come together share one look.
  return () => (running ??= read().finally(() => (running = undefined)))
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

/** Ids, days and names come again in every run: one text each, however many runs there are. */
function sharing(): (key: string, value: unknown) => unknown {
  const texts = new Map<string, string>()
  return (_, value) => {
    if (typeof value !== 'string') return value
    const known = texts.get(value)
    if (known === undefined) texts.set(value, value)
    return known ?? value
  }
}

async function readCache(path: string): Promise<Map<string, Remembered>> {
  try {
    const {version, runs} = JSON.parse(await readFile(path, 'utf8'), sharing()) as CacheFile
    if (version !== CACHE_VERSION || !isObject(runs)) return new Map()
    return new Map(Object.entries(runs).filter(([, kept]) => shapeProblem(kept, KEPT_SHAPE) === undefined))
  } catch {
    // Whatever is wrong with it, everything in it can be read again.
    return new Map()
  }
}

/** A folder that may not be written makes the next start slower, no more. */
async function writeCache(path: string, known: ReadonlyMap<string, Remembered>): Promise<void> {
  const content: CacheFile = {version: CACHE_VERSION, runs: Object.fromEntries(known)}
  await mkdir(dirname(path), {recursive: true}).catch(() => undefined)
  await writeFileAtomically(path, JSON.stringify(content)).catch(() => undefined)
}
