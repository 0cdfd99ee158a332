import {startTimer} from '@ep23/sdk'

const GRACE_MS = 100

/** A signal of its own for work that may take so long, aborted too when the signal around it is. */
export interface Deadline {
  readonly signal: AbortSignal
  /** True when its own time is over, not that of the signal around it. */
  expired(): boolean
  /** To be called when the work is done. */
  clear(): void
}

/** Not AbortSignal.timeout and AbortSignal.any: they would live on until the time is over, one for each request. */
export function startDeadline(seconds: number, around: AbortSignal): Deadline {
  const stop = new AbortController()
  let expired = false
  const stopWithRun = (): void => stop.abort(around.reason)
  const stopTimer = startTimer(seconds * 1000, () => {
    expired = true
    stop.abort(new Error(`nothing within ${seconds} s`))
  })
  if (around.aborted) stopWithRun()
  else around.addEventListener('abort', stopWithRun, {once: true})
  return {
    signal: stop.signal,
    expired: () => expired,
    clear() {
      stopTimer()
      around.removeEventListener('abort', stopWithRun)
    },
  }
}

export interface DeadlineOptions<T> {
  /** Of the run. */
  signal: AbortSignal
  seconds: number
  /** What stands for a result that did not come. */
  late: (detail: string) => T
}

/** Work that ends in time, whatever it does. It gets a signal of its own, aborted when its time or the run's is over. */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  {signal, seconds, late}: DeadlineOptions<T>,
): Promise<T> {
  const deadline = startDeadline(seconds, signal)
  try {
    return await Promise.race([
      work(deadline.signal),
      ended(deadline.signal, () => late(`nothing within ${seconds} s`)),
    ])
  } finally {
    deadline.clear()
  }
}

/** Work that heeds its signal says more exactly what it was waiting for, so it gets a moment to do so. */
function ended<T>(signal: AbortSignal, late: () => T): Promise<T> {
  return new Promise(resolve => {
    const giveUp = (): void => void setTimeout(() => resolve(late()), GRACE_MS)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, {once: true})
  })
}
