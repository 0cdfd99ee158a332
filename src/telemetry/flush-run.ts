import {Ep23Error, EXIT, type Store} from '@ep23/sdk'

import {sendUnsent} from './unsent-runs.js'
import {waitingBudget, wallBudget, type WaitingBudget} from './waiting-budget.js'
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
 * Stores a run's telemetry. What it may wait for connections, locks and disks is bounded.
 * @throws the store's error, or `FLUSH_TOO_SLOW` (75); then none, part or all of it is stored
 */
export async function flushRun(telemetry: RunTelemetry, {store, open, unsent, budgetMs}: FlushOptions): Promise<void> {
  const tooSlow = new Ep23Error(`it took longer than ${budgetMs} ms`, {code: 'FLUSH_TOO_SLOW', exit: EXIT.tryAgain})
  if (store.isOpen) {
    const budget = waitingBudget(budgetMs, tooSlow)
    return budget.race(writeRun(store, telemetry)).finally(budget.stop)
  }
  const started = performance.now()
  const own = await openOwnStore(open, wallBudget(budgetMs, tooSlow))
  await writeAndClose(own, {
    telemetry,
    unsent,
    budget: waitingBudget(budgetMs - (performance.now() - started), tooSlow),
  })
}

async function openOwnStore(open: FlushOptions['open'], budget: WaitingBudget): Promise<Store> {
  const opening = open(budget.signal)
  try {
    return await budget.race(opening)
  } catch (error) {
    // A store that opens after all would keep the process alive. Why it failed is known.
    opening.then(store => store.dispose()).catch(() => undefined)
    throw error
  } finally {
    budget.stop()
  }
}

async function writeAndClose(
  own: Store,
  {telemetry, unsent, budget}: {telemetry: RunTelemetry; unsent: string; budget: WaitingBudget},
): Promise<void> {
  // Closing it ends what still waits for a lock, which would else keep the process alive.
  budget.signal.addEventListener('abort', () => void own.dispose().catch(() => undefined))
  try {
    await budget.race(writeRun(own, telemetry))
    // Whatever hinders this hinders it for now only.
    await budget.race(sendUnsent(unsent, own, UNSENT_AT_ONCE)).catch(() => undefined)
  } finally {
    budget.stop()
    if (!budget.signal.aborted) await own.dispose()
  }
}
