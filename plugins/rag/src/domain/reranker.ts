/** Why a reply could not be used: the label of `rag_fallback_reason_total`. */
export const FALLBACK_REASONS = ['timeout', 'parse_error', 'missing_ids', 'http_error', 'refused', 'other'] as const
export type FallbackReason = (typeof FALLBACK_REASONS)[number]

export interface Candidate {
  id: string
  text: string
}

/** Scores of all candidates, or why there are none. A fallback is unmeasured: it never becomes a score. */
export type RerankReply =
  | {scores: ReadonlyMap<string, number>}
  | {fallback: FallbackReason; /** For the log. */ detail: string}

/** Gives candidates new scores. Never throws for what a server does; only for an interruption. */
export interface Reranker {
  readonly name: string
  /** @param run number of the repetition from 0; a seed is moved on by it, so that repetitions are independent. */
  rerank(query: string, candidates: readonly Candidate[], run: number): Promise<RerankReply>
}
