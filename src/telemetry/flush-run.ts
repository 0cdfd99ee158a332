import {Ep23Error, EXIT, type Store} from '@ep23/sdk'
import {sendUnsent} from './unsent-runs.js'
import {writeRun, type RunTelemetry} from './run-telemetry.js'
import {message} from '../words/words.js'

/** A store that may be connected already. */
export type PerhapsOpenStore = Store & {readonly isOpen?: boolean}

interface FlushOptions {
  /** The command's store; used when it is connected, otherwise one is opened just for this. */
  store: PerhapsOpenStore
  open: (signal: AbortSignal) => Promise<Store>
  /** Where runs wait that could not be stored earlier, if any ever had to. */
  unsent: string | undefined
  budgetMs: number
}

// What earlier runs have left is stored on the side, a few at a time.
const UNSENT_AT_ONCE = 10

/**
 * Stores a run's telemetry. What it may wait for connections, locks and disks is bounded.
 * @throws the store's error, or `FLUSH_TOO_SLOW` (75); then none, part or all of it is stored
 */
export async function flushRun(telemetry: RunTelemetry, {store, open, unsent, budgetMs}: FlushOptions): Promise<void> {
  const tooSlow = new Ep23Error(message('tookLonger', {ms: budgetMs}), {code: 'FLUSH_TOO_SLOW', exit: EXIT.tryAgain})
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
  {telemetry, unsent, budget}: {telemetry: RunTelemetry; unsent: string | undefined; budget: WaitingBudget},
): Promise<void> {
  // Closing it ends what still waits for a lock, which would else keep the process alive.
  budget.signal.addEventListener('abort', () => void own.dispose().catch(() => undefined))
  try {
    await budget.race(writeRun(own, telemetry))
    // Whatever hinders this hinders it for now only.
    if (unsent !== undefined) await budget.race(sendUnsent(unsent, own, UNSENT_AT_ONCE)).catch(() => undefined)
  } finally {
    budget.stop()
    if (!budget.signal.aborted) await own.dispose()
  }
}

/** A bound on how long something may be waited for. */
interface WaitingBudget {
  /** Aborted when the budget is spent. */
  signal: AbortSignal
  /** The work's result; fails with `reason` when the budget is spent first. */
  race: <T>(work: Promise<T>) => Promise<T>
  /** To be called in the end: the budget keeps the process alive. */
  stop: () => void
}

const TURN_MS = 10

/** A budget of time by the clock. */
function wallBudget(milliseconds: number, reason: Error): WaitingBudget {
  return createBudget({turns: 1, turnMs: milliseconds, reason})
}

/**
 * A budget of waiting, not of time by the clock: it is spent in turns of 10 ms in which this process does get to run.
 * On a machine where sixty others want the processor, time by the clock would run out while nothing was waited for.
 */
function waitingBudget(milliseconds: number, reason: Error): WaitingBudget {
  return createBudget({turns: Math.ceil(milliseconds / TURN_MS), turnMs: TURN_MS, reason})
}

function createBudget({turns, turnMs, reason}: {turns: number; turnMs: number; reason: Error}): WaitingBudget {
  const controller = new AbortController()
  const spent = Promise.withResolvers<never>()
  // Nobody may be waiting when it is spent.
  spent.promise.catch(() => undefined)
  let left = turns
  let timer = setTimeout(turn, turnMs)

  function turn(): void {
    left -= 1
    if (left > 0) {
      timer = setTimeout(turn, turnMs)
      return
    }
    spent.reject(reason)
    controller.abort(reason)
  }

  return {
    signal: controller.signal,
    race: work => Promise.race([work, spent.promise]),
    stop: () => clearTimeout(timer),
  }
}
