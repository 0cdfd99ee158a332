import {
  hasCode,
  type Judge,
  type JudgeContext,
  type JudgedSample,
  type Judgement,
  type UnmeasuredReason,
} from '@ep23/sdk'

const GRACE_MS = 100

interface Bounds extends JudgeContext {
  /** For this sample, all attempts together. */
  seconds: number
}

/**
 * One judgement that ends in time, whatever the judge does: a judge that hangs, or fails in a way nobody foresaw, leaves an
 * unmeasured sample and not a lost run.
 * @throws Ep23Error that a judge throws on purpose, such as a rejected key: it ends the run
 */
export async function judgeWithin(
  judge: Judge,
  sample: JudgedSample,
  {repeat, signal, seconds}: Bounds,
): Promise<Judgement> {
  // A judge that computes cannot be interrupted anyway; timers for each sample would only cost.
  if (judge.concurrency === undefined) return guarded(judge, sample, {repeat, signal})
  // Not AbortSignal.timeout and AbortSignal.any: they would live on until the time is over, one for each sample.
  const stop = new AbortController()
  const stopWithRun = (): void => stop.abort(signal.reason)
  const timer = setTimeout(() => stop.abort(new Error(`no judgement within ${seconds} s`)), seconds * 1000)
  signal.addEventListener('abort', stopWithRun, {once: true})
  try {
    return await Promise.race([
      guarded(judge, sample, {repeat, signal: stop.signal}),
      ended(judge, stop.signal, seconds),
    ])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stopWithRun)
  }
}

async function guarded(judge: Judge, sample: JudgedSample, context: JudgeContext): Promise<Judgement> {
  try {
    return await judge.judge(sample, context)
  } catch (error) {
    if (isOnPurpose(error)) throw error
    return nothing(judge, 'judge_failed', error instanceof Error ? error.message : String(error))
  }
}

/** Judges that heed their signal say more exactly what they were waiting for, so they get a moment to do so. */
function ended(judge: Judge, signal: AbortSignal, seconds: number): Promise<Judgement> {
  return new Promise(resolve => {
    const giveUp = (): void => resolve(nothing(judge, 'timed_out', `no judgement within ${seconds} s`))
    signal.addEventListener('abort', () => setTimeout(giveUp, GRACE_MS), {once: true})
  })
}

function nothing(judge: Judge, unmeasured: UnmeasuredReason, detail: string): Judgement {
  return {scores: Object.fromEntries(judge.scores.map(name => [name, {unmeasured, detail}]))}
}

function isOnPurpose(error: unknown): boolean {
  const {exit, code} = error as {exit?: unknown; code?: unknown}
  return typeof exit === 'number' && typeof code === 'string' && !hasCode(error, 'UNEXPECTED')
}
