import type {Store} from '@ep23/sdk'

import {sendUnsent} from './unsent-runs.js'
import {createWaitingBudget, type WaitingBudget} from './waiting-budget.js'
import {writeRun, type RunTelemetry} from './write-run.js'

/** A store that may be connected already. */
export type PerhapsOpenStore = Store & {readonly isOpen?: boolean}

interface FlushOptions {
  /** The command's store; used when it is connected, otherwise one is opened just for this. */
  store: PerhapsOpenStore
  open: (signal: AbortSignal) => Promise<Store>
  /** Where runs wait that could not be stored earlier. */
  unsent: string
  budgetMs: number
}

// What earlier runs have left is stored on the side, a few at a time.
const UNSENT_AT_ONCE = 10

/**
 * Stores a run's telemetry, within a budget of waiting for locks, disks and servers.
 * @throws the store's error, or that of the spent budget; then none, part or all of it is stored
 */
export async function flushRun(telemetry: RunTelemetry, {store, open, unsent, budgetMs}: FlushOptions): Promise<void> {
  const budget = createWaitingBudget(budgetMs)
  try {
    if (store.isOpen) await budget.race(writeRun(store, telemetry))
    else
      await withOwnStore(open, budget, async own => {
        await budget.race(writeRun(own, telemetry))
        // Whatever hinders this hinders it for now only.
        await budget.race(sendUnsent(unsent, own, UNSENT_AT_ONCE)).catch(() => undefined)
      })
  } finally {
    budget.stop()
  }
}

async function withOwnStore(
  open: FlushOptions['open'],
  budget: WaitingBudget,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const opening = open(budget.signal)
  // A store that opens too late, or still waits for a lock, would keep the process alive.
  const close = async (): Promise<void> => (await opening).dispose()
  budget.signal.addEventListener('abort', () => void close().catch(() => undefined))
  try {
    await work(await budget.race(opening))
  } finally {
    if (!budget.signal.aborted) await close()
  }
}
