import {randomUUID} from 'node:crypto'

import type {Store} from '@ep23/sdk'

import {RUN_METRICS_BY_TIME, runMetricsIn, type RunMetrics} from './run-telemetry.js'
import {foldedRunIds, latestTotals, storedSeries, totalsIn, totalsOf, type TotalsDocument} from './stored-metrics.js'
import {addSamples} from './totals.js'

export interface FoldResult {
  /** Run documents whose share is now in the totals and that are gone. */
  folded: number
  /** 0 when nothing was ever folded. */
  generation: number
}

interface FoldOptions {
  now: () => Date
  /** Most runs per generation: bounds the totals document and the work lost when another folder is faster. */
  batch?: number
}

const REMEMBERED = 10_000

/**
 * Compacts the runs' documents into one totals document, without ever changing a sum that a reader sees.
 *
 * The stores share no transaction over several documents, so everything rests on documents that are written once,
 * and on one unique index: generation n+1 of the totals is a new document, and of several folders that try to write
 * it one succeeds and the others start again. The steps:
 *
 *   1. read the newest totals T(n)
 *   2. delete the documents of the runs that T(n) has added
 *   3. read up to `batch` of the remaining run documents; delete those that T(n) remembers from earlier generations
 *   4. write T(n+1) = T(n) + the others, listing their ids; if somebody else has written generation n+1: back to 1
 *   5. back to 1; when nothing is left to fold: delete the generations below the newest
 *
 * - A crash after step 1 or 3 has changed nothing. After 4 the runs are in T(n+1) and still have their documents:
 *   readers leave out the listed ones, and the next folder deletes them in step 2. A crash in the middle of step 2 or
 *   5 leaves documents that readers leave out, and that the next folder deletes.
 * - No run is added twice: a run in step 4 is not listed in T(n), and those that earlier generations listed were
 *   deleted (step 2) before T(n) was written. None is lost: only runs in the newest totals are deleted.
 * - A run that is stored again after it was folded (its first attempt had an unknown end, see `unsent-runs.ts`) is
 *   recognised by readers and folders as one of the last ten thousand.
 * - A folder that sleeps between two steps does no harm when it wakes up. Its deletions name runs and generations
 *   that are superseded for good. Its T(n+1) is refused by the index; or, if that generation has been deleted
 *   already, it lies below the newest one, where nobody reads it, and it deletes nothing on its word, because step 2
 *   goes by the newest totals read afresh.
 * - `readTotals` reads the newest totals, the run documents, and the newest totals again. If these are the same, then
 *   each run that was deleted in between was listed in them, and each other is added once; if not, it reads again.
 *
 * Needs reads that see all acknowledged writes (SQLite; MongoDB's primary with majority writes).
 */
export async function foldRuns(store: Store, {now, batch = 1000}: FoldOptions): Promise<FoldResult> {
  await totalsIn(store).ensureIndex({fields: ['generation'], unique: true})
  await runMetricsIn(store).ensureIndex(RUN_METRICS_BY_TIME)
  let folded = 0
  for (;;) {
    const latest = await latestTotals(store)
    folded += await deleteRuns(store, latest?.folded_run_ids ?? [])
    const remembered = foldedRunIds(latest)
    const runs = await oldestRuns(store, batch)
    await deleteRuns(
      store,
      runs.map(run => run.run_id).filter(id => remembered.has(id)),
    )
    if (runs.length === 0) {
      await deleteOldGenerations(store, latest)
      return {folded, generation: latest?.generation ?? 0}
    }
    const fresh = runs.filter(run => !remembered.has(run.run_id))
    if (fresh.length > 0) await writeNextGeneration(store, nextTotals(latest, fresh, now()))
  }
}

async function deleteRuns(store: Store, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : runMetricsIn(store).deleteMany({run_id: {$in: ids}})
}

async function oldestRuns(store: Store, limit: number): Promise<RunMetrics[]> {
  const runs: RunMetrics[] = []
  for await (const run of runMetricsIn(store).find({}, {sort: {recorded_at: 1, run_id: 1}, limit})) runs.push(run)
  return runs
}

function nextTotals(latest: TotalsDocument | undefined, runs: readonly RunMetrics[], folded_at: Date): TotalsDocument {
  const totals = totalsOf(latest, folded_at)
  for (const run of runs) addSamples(totals, run.samples, folded_at)
  return {
    fold_id: randomUUID(),
    generation: (latest?.generation ?? 0) + 1,
    folded_at,
    runs: (latest?.runs ?? 0) + runs.length,
    folded_run_ids: runs.map(run => run.run_id),
    earlier_run_ids: [...foldedRunIds(latest)].slice(-REMEMBERED),
    series: storedSeries(totals),
  }
}

async function writeNextGeneration(store: Store, next: TotalsDocument): Promise<void> {
  try {
    await totalsIn(store).upsertMany([next], 'fold_id')
  } catch (error) {
    // The adapters report a taken generation each in its own way; whether it is taken can be read.
    const latest = await latestTotals(store)
    if ((latest?.generation ?? 0) < next.generation) throw error
  }
}

async function deleteOldGenerations(store: Store, latest: TotalsDocument | undefined): Promise<void> {
  if (latest) await totalsIn(store).deleteMany({generation: {$lt: latest.generation}})
}
