import type {Judgement, UnmeasuredReason} from '@ep23/sdk'

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
