import type {Store} from '@ep23/sdk'

import type {RunDocument} from './run-document.js'
import type {SpanRecord} from './span-record.js'
import {runMetricsIn, type RunMetrics} from './stored-metrics.js'
import {createWaitingBudget} from './waiting-budget.js'

/** All that one run leaves behind. */
export interface RunTelemetry {
  metrics: RunMetrics
  run: RunDocument
  spans: readonly SpanRecord[]
}

export const RUNS = 'ep23_runs'
export const SPANS = 'ep23_spans'

/** A store that may be connected already. */
export type PerhapsOpenStore = Store & {readonly isOpen?: boolean}

interface FlushOptions {
  /** The command's store; used when it is connected, otherwise one is opened just for this. */
  store: PerhapsOpenStore
  open: (signal: AbortSignal) => Promise<Store>
  budgetMs: number
}

/**
 * Stores a run's telemetry, the metrics first. What is waited for a lock, a disk or a server is bounded, and what is
 * still under way then is left to itself.
 * @throws the store's error, or one that says that the budget is spent
 */
export async function flushRun(telemetry: RunTelemetry, {store, open, budgetMs}: FlushOptions): Promise<void> {
  if (store.isOpen) return bounded(budgetMs, async () => writeRun(store, telemetry))
  await bounded(budgetMs, async signal => {
    const own = await open(signal)
    // Closing it ends what it still waits for, which would else keep the process alive; that time was up is known.
    const giveUp = (): void => void own.dispose().catch(() => undefined)
    signal.addEventListener('abort', giveUp)
    try {
      if (!signal.aborted) await writeRun(own, telemetry)
    } finally {
      await own.dispose()
    }
  })
}

async function bounded(budgetMs: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const budget = createWaitingBudget(budgetMs)
  try {
    await budget.race(work(budget.signal))
  } finally {
    budget.stop()
  }
}

async function writeRun(store: Store, {metrics, run, spans}: RunTelemetry): Promise<void> {
  await runMetricsIn(store).upsertMany([metrics], 'run_id')
  await store.collection<RunDocument>(RUNS).upsertMany([run], 'run_id')
  await store.collection<SpanRecord>(SPANS).upsertMany(spans, 'span_id')
}
