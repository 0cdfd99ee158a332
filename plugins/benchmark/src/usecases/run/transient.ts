import type {Judgement, UnmeasuredReason} from '@ep23/sdk'

const TRANSIENT: ReadonlySet<UnmeasuredReason> = new Set([
  'timed_out',
  'rate_limited',
  'server_error',
  'unreachable',
  'budget_spent',
  'judge_failed',
])

/** True when asking again may give a score: such judgements are tried anew by `--resume`. */
export function isTransient({scores}: Pick<Judgement, 'scores'>): boolean {
  return Object.values(scores).some(score => 'unmeasured' in score && TRANSIENT.has(score.unmeasured))
}
