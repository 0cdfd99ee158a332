import type {FailureKind, LlmFailure} from '@ep23/llm'
import type {FallbackReason, RerankReply, Candidate} from '../domain/model-ports.js'

const REASONS: Partial<Record<FailureKind, FallbackReason>> = {
  timed_out: 'timeout',
  not_permitted: 'refused',
  quota_spent: 'refused',
  declined: 'refused',
  unreadable: 'parse_error',
  unusable: 'parse_error',
}

/** A request that gave no scores, as the reason why there are none. */
export function fallbackOf({kind, message, details: {status}}: LlmFailure): RerankReply {
  return {
    fallback: REASONS[kind] ?? 'http_error',
    detail: status === undefined ? message : `HTTP ${status}: ${message}`,
  }
}

/** A score of the candidate with this number, from 0, as a server wrote it. */
interface NumberedScore {
  number: unknown
  score: unknown
}

/**
 * Scores by document id. All candidates need one: half a ranking would put what the server forgot at the end, as if it had been
 * judged bad.
 */
export function numberedScores(found: readonly NumberedScore[], candidates: readonly Candidate[]): RerankReply {
  const scores = new Map<string, number>()
  for (const {number, score} of found) {
    const candidate = typeof number === 'number' ? candidates[number] : undefined
    if (typeof score !== 'number' || !Number.isFinite(score))
      return {fallback: 'parse_error', detail: `the score of number ${String(number)} is ${JSON.stringify(score)}`}
    if (candidate !== undefined) scores.set(candidate.id, score)
  }
  const missing = candidates.length - scores.size
  if (missing === 0) return {scores}
  return {fallback: 'missing_ids', detail: `${missing} of ${candidates.length} documents have no score`}
}
