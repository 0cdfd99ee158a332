import {existsSync} from 'node:fs'
import {readdir, stat, readFile, appendFile} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'

import {parseJson, readTextIfThere, removeAbandoned, usageError, errorMessage, type Message} from '@ep23/sdk'

import {LATEST} from '../domain/baseline.js'
import {RUN_FILES, RUNS_FOLDER, type RunPlan, type StoredRun} from '../domain/run-folder.js'
import {isBaseline} from './baselines.js'
import {openStoredRun} from './stored-run.js'
import {message} from '../words/words.js'

/** A folder that is no finished run: one that is going on, was stopped, or is damaged. */
export interface UnfinishedRun {
  folder: string
  run_id: string
  /** Null for a run that can be resumed; otherwise why its `run.json` cannot be read. */
  problem: Message | null
}

/**
 * Finds a run by what the user typed: a folder, a `run.json`, a run id, the unique beginning of one, or `latest`.
 * @throws Ep23Error USAGE (64) naming what there is
 */
export async function findRun(datasetDir: string, reference: string): Promise<StoredRun> {
  const folder = (await folderAt(reference)) ?? (await folderInRuns(datasetDir, reference))
  return openStoredRun(folder)
}

/** All runs in the dataset's folder, the newest first. */
export async function listRuns(datasetDir: string): Promise<{finished: StoredRun[]; unfinished: UnfinishedRun[]}> {
  const finished: StoredRun[] = []
  const unfinished: UnfinishedRun[] = []
  for (const run_id of (await runIds(datasetDir)).toReversed()) {
    const folder = join(datasetDir, RUNS_FOLDER, run_id)
    if (await isFile(join(folder, RUN_FILES.result))) {
      try {
        finished.push(await openStoredRun(folder))
      } catch (error) {
        unfinished.push({folder, run_id, problem: errorMessage(error)})
      }
    } else if (await isFile(join(folder, RUN_FILES.plan))) unfinished.push({folder, run_id, problem: null})
  }
  return {finished, unfinished}
}

async function folderAt(reference: string): Promise<string | undefined> {
  const path = resolve(reference)
  if (basename(path) === RUN_FILES.result && (await isFile(path))) return dirname(path)
  return (await isFile(join(path, RUN_FILES.result))) ? path : undefined
}

async function folderInRuns(datasetDir: string, reference: string): Promise<string> {
  const runsDirectory = join(datasetDir, RUNS_FOLDER)
  const ids = await finishedIds(datasetDir)
  const named = reference === LATEST ? ids.slice(-1) : ids.filter(id => id.startsWith(reference))
  const matching = named.length > 0 ? named : await foldersOfRun(runsDirectory, ids, reference)
  const found = matching.find(id => id === reference) ?? (matching.length === 1 ? matching[0] : undefined)
  if (found !== undefined) return join(runsDirectory, found)
  if (matching.length > 1)
    throw usageError(
      message('beginsSeveral', {reference, count: matching.length, runs: matching.slice(-5).join(', ')}),
      [message('moreOfId')],
    )
  throw usageError(message('noFinishedRun', {reference, runsDirectory}), [
    ...(await hintsFor(datasetDir, reference)),
    message('seeRuns'),
  ])
}

/** Folders with a name of their own, as those of a matrix, in which a run of this id lies. */
async function foldersOfRun(runsDirectory: string, names: readonly string[], reference: string): Promise<string[]> {
  const found: string[] = []
  for (const name of names.filter(each => !RUN_ID.test(each))) {
    const file = join(runsDirectory, name, RUN_FILES.plan)
    const plan = parseJson((await readTextIfThere(file)) ?? 'null', {file, code: 'BENCHMARK_BAD_RUN'})
    if (String((plan as Partial<RunPlan> | null)?.run_id).startsWith(reference)) found.push(name)
  }
  return found
}

const RUN_ID = /^\d{8}T\d{6}Z-/u

/** What the user may have meant. */
async function hintsFor(datasetDir: string, reference: string): Promise<Message[]> {
  if (await isBaseline(datasetDir, reference)) return [message('isBaseline', {reference})]
  const begun = (await runIds(datasetDir)).filter(id => id.startsWith(reference))
  if (begun.length > 0) return [message('neverFinished', {run: begun.at(-1) ?? ''})]
  const found = await stat(reference).catch(() => undefined)
  return found?.isDirectory() ? [message('folderIsNoRun', {reference, file: RUN_FILES.result})] : []
}

async function finishedIds(datasetDir: string): Promise<string[]> {
  const ids = await runIds(datasetDir)
  const finished = await Promise.all(ids.map(id => isFile(join(datasetDir, RUNS_FOLDER, id, RUN_FILES.result))))
  return ids.filter((_, index) => finished[index])
}

/** Ids of all folders on the shelf, the newest last. */
export async function runIds(datasetDir: string): Promise<string[]> {
  const runs = join(datasetDir, RUNS_FOLDER)
  const entries = await readdir(runs, {withFileTypes: true}).catch(() => [])
  const ids = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.')).map(({name}) => name)
  return inOrder(runs, ids)
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  )
}

/**
 * The newest run of a scenario that was killed or stopped: what `--resume` goes on with.
 * @throws Ep23Error USAGE (64) when there is none
 */
export async function findUnfinished(datasetDir: string, scenario: string): Promise<string> {
  const runsDirectory = join(datasetDir, RUNS_FOLDER)
  const names = existsSync(runsDirectory) ? await readdir(runsDirectory) : []
  for (const name of names.toSorted().toReversed()) {
    const folder = join(runsDirectory, name)
    if (await isUnfinished(folder, scenario)) return folder
  }
  throw usageError(message('noUnfinishedRun', {scenario, runsDirectory}), [message('withoutResume')])
}

// The journal goes when the run is complete, and stays beside the results of one that was stopped early.
async function isUnfinished(folder: string, scenario: string): Promise<boolean> {
  if (!existsSync(join(folder, RUN_FILES.plan)) || !existsSync(join(folder, RUN_FILES.journal))) return false
  const file = join(folder, RUN_FILES.plan)
  const plan = parseJson(await readFile(file, 'utf8'), {file, code: 'BENCHMARK_BAD_RUN'}) as Partial<RunPlan> | null
  return plan?.identity?.scenario.name === scenario
}

/** Ids of runs, one a line, in the order in which they ended: clocks are set wrong, and one in 2030 must not be the latest until then. */
const ORDER_FILE = 'order'

/**
 * Notes that the run of a folder ends now, and clears away what killed ones left beside it; a folder of its own (`--output`) stands in
 * no order.
 */
export async function noteEnd(folder: string): Promise<void> {
  const runs = dirname(folder)
  if (basename(runs) !== RUNS_FOLDER) return
  // Short appends do not mix, whatever ends at the same time.
  await appendFile(join(runs, ORDER_FILE), `${basename(folder)}\n`)
  await clearKilledRuns(runs)
}

/** Halves of files in the folders of runs that never ended: each run has a folder of its own, and nobody else comes by there. */
async function clearKilledRuns(runs: string): Promise<void> {
  for (const id of await runIds(dirname(runs))) {
    const folder = join(runs, id)
    if (!(await isFile(join(folder, RUN_FILES.result)))) await removeAbandoned(folder)
  }
}

/** Runs that somebody copied here come first, by name; then those that ended here, the last one last. */
async function inOrder(runs: string, ids: readonly string[]): Promise<string[]> {
  const noted = await notedIds(join(runs, ORDER_FILE))
  const rank = new Map(noted.map((id, index) => [id, index]))
  return ids.toSorted((a, b) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1) || (a < b ? -1 : 1))
}

async function notedIds(file: string): Promise<string[]> {
  const text = (await readTextIfThere(file)) ?? ''
  return text.split('\n').filter(id => id !== '')
}
