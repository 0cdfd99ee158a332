import {
  hasCode,
  type Judge,
  type JudgeContext,
  type JudgedSample,
  type Judgement,
  type UnmeasuredReason,
} from '@ep23/sdk'

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
  const timeout = AbortSignal.timeout(seconds * 1000)
  const both = AbortSignal.any([signal, timeout])
  return Promise.race([guarded(judge, sample, {repeat, signal: both}), ended(judge, both, seconds)])
}

async function guarded(judge: Judge, sample: JudgedSample, context: JudgeContext): Promise<Judgement> {
  try {
    return await judge.judge(sample, context)
  } catch (error) {
    if (isOnPurpose(error)) throw error
    return nothing(judge, 'judge_failed', error instanceof Error ? error.message : String(error))
  }
}

async function ended(judge: Judge, signal: AbortSignal, seconds: number): Promise<Judgement> {
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}))
  // Judges that heed their signal say more exactly what they were waiting for.
  await new Promise(resolve => setTimeout(resolve, GRACE_MS))
  return nothing(judge, 'timed_out', `no judgement within ${seconds} s`)
}

const GRACE_MS = 100

function nothing(judge: Judge, unmeasured: UnmeasuredReason, detail: string): Judgement {
  return {scores: Object.fromEntries(judge.scores.map(name => [name, {unmeasured, detail}]))}
}

function isOnPurpose(error: unknown): boolean {
  const {exit, code} = error as {exit?: unknown; code?: unknown}
  return typeof exit === 'number' && typeof code === 'string' && !hasCode(error, 'UNEXPECTED')
}
