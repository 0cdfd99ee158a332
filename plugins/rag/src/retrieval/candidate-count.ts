import type {RetrievalConfig} from './retrieval-config.js'

/** How many documents the reranker sees. */
export function candidateCount({
  top_k,
  vector_search_headroom_multiplier,
}: Pick<RetrievalConfig, 'top_k' | 'vector_search_headroom_multiplier'>): number {
  return top_k * vector_search_headroom_multiplier
}
