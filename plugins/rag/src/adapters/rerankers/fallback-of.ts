import type {FailureKind, LlmFailure} from '@ep23/llm'

import type {FallbackReason, RerankReply} from '../../domain/reranker.js'

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
