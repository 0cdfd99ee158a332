import {setImmediate} from 'node:timers/promises'

/**
 * Lets the event loop turn once, and stops there when the run was interrupted. A loop that computes without waiting for anything
 * must do this now and then: else Ctrl-C is not heard and the display stands still.
 */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}
