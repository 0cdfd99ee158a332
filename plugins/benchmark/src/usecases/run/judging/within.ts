const GRACE_MS = 100

interface Deadline<T> {
  /** Of the run. */
  signal: AbortSignal
  seconds: number
  /** What stands for a result that did not come. */
  late: (detail: string) => T
}

/** Work that ends in time, whatever it does. It gets a signal of its own, aborted when its time or the run's is over. */
export async function within<T>(
  work: (signal: AbortSignal) => Promise<T>,
  {signal, seconds, late}: Deadline<T>,
): Promise<T> {
  // Not AbortSignal.timeout and AbortSignal.any: they would live on until the time is over, one for each sample.
  const stop = new AbortController()
  const detail = `nothing within ${seconds} s`
  const stopWithRun = (): void => stop.abort(signal.reason)
  const timer = setTimeout(() => stop.abort(new Error(detail)), seconds * 1000)
  if (signal.aborted) stopWithRun()
  else signal.addEventListener('abort', stopWithRun, {once: true})
  try {
    return await Promise.race([work(stop.signal), ended(stop.signal, () => late(detail))])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stopWithRun)
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
