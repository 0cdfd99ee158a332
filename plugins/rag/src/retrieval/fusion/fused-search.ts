import type {FusionConfig} from '../retrieval-config.js'
import type {ScoredDocument} from '../ranking/scored-document.js'
import {fuseReciprocalRanks} from './reciprocal-rank-fusion.js'
import {fuseWeightedSum} from './weighted-sum-fusion.js'

/** At most `limit` documents for a query, in trec order. */
export type Search = (query: string, limit: number) => ScoredDocument[]

/**
 * One search of two: by words and by embeddings. How deep either is looked at does not depend on `limit`, so that the scores of a
 * document, which are relative to its ranking, do not either.
 */
export function fusedSearch(byWords: Search, byEmbeddings: Search, fusion: FusionConfig): Search {
  const {method, embeddings_weight, rrf_k, depth} = fusion
  const parts = [
    {search: byWords, weight: 1 - embeddings_weight},
    {search: byEmbeddings, weight: embeddings_weight},
  ].filter(({weight}) => weight > 0)
  const weights = parts.map(({weight}) => weight)
  return (query, limit) => {
    const rankings = parts.map(({search}) => search(query, depth))
    const fused =
      method === 'rrf' ? fuseReciprocalRanks(rankings, {k: rrf_k, weights}) : fuseWeightedSum(rankings, weights)
    return fused.slice(0, limit)
  }
}
