/** A bound on how long something may be waited for. */
export interface WaitingBudget {
  /** Aborted when the budget is spent. */
  signal: AbortSignal
  /** The work's result; fails with `reason` when the budget is spent first. */
  race: <T>(work: Promise<T>) => Promise<T>
  /** To be called in the end: the budget keeps the process alive. */
  stop: () => void
}

const TURN_MS = 10

/** A budget of time by the clock. */
export function wallBudget(milliseconds: number, reason: Error): WaitingBudget {
  return createBudget({turns: 1, turnMs: milliseconds, reason})
}

/**
 * A budget of waiting, not of time by the clock: it is spent in turns of 10 ms in which this process does get to run.
 * On a machine where sixty others want the processor, time by the clock would run out while nothing was waited for.
 */
export function waitingBudget(milliseconds: number, reason: Error): WaitingBudget {
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
