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
 * For everything that hands out what is there already, such as rows of an embedded store or of a batch that a driver holds: waiting for it
 * is no turn of the event loop.
 * @returns what is to be called, and awaited, before each piece: it lets the event loop turn once 50 ms of work lie behind
 */
export function turnTaker(): () => Promise<void> | undefined {
  let from = performance.now()
  const turn = async (): Promise<void> => {
    await setImmediate()
    from = performance.now()
  }
  return () => (performance.now() - from < MOST_MS ? undefined : turn())
}

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
