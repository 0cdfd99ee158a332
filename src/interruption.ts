import {interruptedError} from '@ep23/sdk'
import {message} from './words/words.js'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export interface Interruption {
  signal: AbortSignal
  dispose: () => void
}

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that commands stop between two writes and say how to go on.
 * A second signal ends the process at once, as an impatient user expects.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  const abort = (): void => {
    dispose()
    controller.abort(interruptedError(message('writtenIsKept')))
  }
  const dispose = (): void => SIGNALS.forEach(name => process.off(name, abort))
  SIGNALS.forEach(name => process.on(name, abort))
  return {signal: controller.signal, dispose}
}

// The rest of the two seconds is for telemetry, and for a machine that has other things to do.
const PATIENCE_MS = 1200

/**
 * Ends a command that does not stop by itself soon after it was interrupted: whoever pressed Ctrl-C waits no longer than
 * two seconds, whatever the command is waiting for.
 * @param end tells the interruption and ends the process
 * @returns what calls it off, once the command has stopped
 */
export function endWhenLate(signal: AbortSignal, end: (error: Error) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    timer = setTimeout(() => end(signal.reason as Error), PATIENCE_MS)
  }
  signal.addEventListener('abort', wait, {once: true})
  return () => {
    signal.removeEventListener('abort', wait)
    clearTimeout(timer)
  }
}
