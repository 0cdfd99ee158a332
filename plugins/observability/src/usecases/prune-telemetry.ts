import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'

import type {Runtime} from '@ep23/sdk'

interface PruneOptions {
  /** What is older than so many days goes. */
  spanDays: number
  runDays: number
  logDays: number
  /** Only count. */
  dryRun: boolean
}

export interface PruneReport {
  dry_run: boolean
  spans: number
  runs: number
  log_files: number
  /** Runs whose metrics were added to the totals, which are never pruned. */
  folded: number
}

type PruneDeps = Pick<Runtime, 'clock' | 'settings' | 'sharedMetrics' | 'store'>

const DAY_MS = 86_400_000
const LOG_FILE = /^ep23-[a-z]+-(?<day>\d{4}-\d{2}-\d{2})\.log$/u

/**
 * Removes old spans, runs' documents and log files. The metrics of the runs stay: they are folded into the totals
 * before anything goes, so that no counter falls.
 */
export async function pruneTelemetry(deps: PruneDeps, options: PruneOptions): Promise<PruneReport> {
  const {store, sharedMetrics} = deps
  const daysAgo = (days: number): Date => new Date(deps.clock.now().getTime() - days * DAY_MS)
  const {folded} = options.dryRun ? {folded: 0} : await sharedMetrics.fold()
  const old = {
    ep23_spans: {started_at: {$lt: daysAgo(options.spanDays)}},
    ep23_runs: {started_at: {$lt: daysAgo(options.runDays)}},
  }
  const take = async (name: keyof typeof old): Promise<number> =>
    options.dryRun ? countIn(store, name, old[name]) : store.collection(name).deleteMany(old[name])
  return {
    dry_run: options.dryRun,
    spans: await take('ep23_spans'),
    runs: await take('ep23_runs'),
    log_files: await pruneLogs(deps.settings.logDir, daysAgo(options.logDays), options.dryRun),
    folded,
  }
}

async function countIn(
  store: Runtime['store'],
  name: string,
  filter: Readonly<Record<string, {$lt: Date}>>,
): Promise<number> {
  const counts = await store.collection(name).countBy(filter, 'service')
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

/** Log files are named by their day in UTC. */
async function pruneLogs(folder: string, before: Date, dryRun: boolean): Promise<number> {
  const firstKept = before.toISOString().slice(0, 10)
  const files = await readdir(folder).catch(ignoreMissing)
  const old = files.filter(file => (LOG_FILE.exec(file)?.groups?.['day'] ?? firstKept) < firstKept)
  if (!dryRun) for (const file of old) await rm(join(folder, file), {force: true})
  return old.length
}

function ignoreMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
