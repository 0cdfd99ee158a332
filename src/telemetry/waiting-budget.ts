import {Ep23Error, EXIT} from '@ep23/sdk'

/** A bound on how long something may be waited for. */
export interface WaitingBudget {
  /** Aborted when the budget is spent. */
  signal: AbortSignal
  /** The work's result; fails when the budget is spent first. */
  race<T>(work: Promise<T>): Promise<T>
  /** To be called in the end: the budget keeps the process alive. */
  stop(): void
}

const TURN_MS = 10

/**
 * A budget of waiting, not of wall time: it is spent in turns of 10 ms in which this process does get to run. On a
 * machine where sixty others want the processor a deadline by the clock would expire while nothing was waited for.
 */
export function createWaitingBudget(milliseconds: number): WaitingBudget {
  const controller = new AbortController()
  const spent = Promise.withResolvers<never>()
  // Nobody may be waiting when it is spent.
  spent.promise.catch(() => undefined)
  let turns = Math.ceil(milliseconds / TURN_MS)
  let timer = setTimeout(turn, TURN_MS)

  function turn(): void {
    turns -= 1
    if (turns > 0) {
      timer = setTimeout(turn, TURN_MS)
      return
    }
    const reason = new Ep23Error(`it took longer than ${milliseconds} ms`, {
      code: 'BUDGET_SPENT',
      exit: EXIT.tryAgain,
      suggestions: ['try again in a moment'],
    })
    spent.reject(reason)
    controller.abort(reason)
  }

  return {
    signal: controller.signal,
    race: work => Promise.race([work, spent.promise]),
    stop: () => clearTimeout(timer),
  }
}
