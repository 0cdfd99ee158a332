import {setImmediate} from 'node:timers/promises'

/**
 * Lets the event loop turn once, and stops there when the run was interrupted. A loop that computes without waiting for anything
 * must do this now and then: else Ctrl-C is not heard and the display stands still.
 */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}

const MOST_MS = 50

/**
 * Runs work that stops by itself between two pieces (`yield`), and lets the event loop turn every 50 ms of it.
 * @returns what the work returns
 * @throws the signal's reason once it is aborted
 */
export async function inTurns<T>(work: Generator<unknown, T>, signal: AbortSignal): Promise<T> {
  let from = performance.now()
  for (;;) {
    const {done, value} = work.next()
    if (done) return value
    if (performance.now() - from < MOST_MS) continue
    await nextTurn(signal)
    from = performance.now()
  }
}
