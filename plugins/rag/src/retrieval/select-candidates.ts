import type {RetrievalConfig} from './retrieval-config.js'
import type {ScoredDocument} from './ranking/scored-document.js'

/** How many documents a searcher is asked for. */
export function candidateCount({top_k, vector_search_headroom_multiplier}: RetrievalConfig): number {
  return top_k * vector_search_headroom_multiplier
}

/**
 * What goes on to the reranker: of the candidates, best first, those that reach the threshold, at most `top_k`. The threshold is
 * one of similarity (cosine, or a fused score within 0 … 1); BM25 scores have no upper bound, so it says nothing about them.
 */
export function selectCandidates(ranking: readonly ScoredDocument[], config: RetrievalConfig): ScoredDocument[] {
  const candidates = ranking.slice(0, candidateCount(config))
  return candidates.filter(({score}) => score >= config.score_threshold).slice(0, config.top_k)
}
