import {withDeadline} from '@ep23/llm/deadline'
import {
  type Judge,
  type JudgeContext,
  type JudgedSample,
  type Judgement,
  type UnmeasuredReason,
  hasCode,
} from '@ep23/sdk'

const TRANSIENT: ReadonlySet<UnmeasuredReason> = new Set([
  'timed_out',
  'rate_limited',
  'server_error',
  'unreachable',
  'budget_spent',
  'judge_failed',
])

/** True when asking again may give what is missing. */
export function mayComeYet(reason: UnmeasuredReason): boolean {
  return TRANSIENT.has(reason)
}

/** True when asking again may give a score: such judgements are tried anew by `--resume`. */
export function isTransient({scores}: Pick<Judgement, 'scores'>): boolean {
  for (const name in scores) {
    const score = scores[name]
    if (score !== undefined && 'unmeasured' in score && TRANSIENT.has(score.unmeasured)) return true
  }
  return false
}

interface TimedContext extends JudgeContext {
  /** For this judgement, all attempts together. */
  seconds: number
}

/**
 * One judgement that ends in time, whatever the judge does: a judge that hangs, or fails in a way nobody foresaw, leaves an
 * unmeasured sample and not a lost run.
 * @throws Ep23Error that a judge throws on purpose, such as a rejected key: it ends the run
 */
export function judgeWithDeadline(
  judge: Judge,
  sample: JudgedSample,
  {seconds, ...context}: TimedContext,
): Promise<Judgement> {
  // A judge that computes cannot be interrupted anyway; timers for each sample would only cost.
  if (judge.concurrency === undefined) return guarded(judge, sample, context)
  return withDeadline(own => guarded(judge, sample, {...context, signal: own}), {
    signal: context.signal,
    seconds,
    late: detail => nothing(judge.scores, 'timed_out', detail),
  })
}

async function guarded(judge: Judge, sample: JudgedSample, context: JudgeContext): Promise<Judgement> {
  try {
    return await judge.judge(sample, context)
  } catch (error) {
    if (isOnPurpose(error)) throw error
    return nothing(judge.scores, 'judge_failed', error instanceof Error ? error.message : String(error))
  }
}

/** The same reason for every score. */
export function nothing(scores: readonly string[], unmeasured: UnmeasuredReason, detail?: string): Judgement {
  const score = detail === undefined ? {unmeasured} : {unmeasured, detail}
  return {scores: Object.fromEntries(scores.map(name => [name, score]))}
}

/** True for an error that a judge or writer throws to end the run, such as a rejected key. */
export function isOnPurpose(error: unknown): boolean {
  const {exit, code} = error as {exit?: unknown; code?: unknown}
  return typeof exit === 'number' && typeof code === 'string' && !hasCode(error, 'UNEXPECTED')
}
