import {interruptedError} from '@ep23/sdk'

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
    controller.abort(interruptedError('what was written is kept; run the same command again to go on'))
  }
  const dispose = (): void => SIGNALS.forEach(name => process.off(name, abort))
  SIGNALS.forEach(name => process.on(name, abort))
  return {signal: controller.signal, dispose}
}
