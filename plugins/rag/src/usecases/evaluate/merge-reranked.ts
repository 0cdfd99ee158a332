import {type ScoredDocument, compareTrec} from '../../retrieval/ranking.js'

/**
 * The reranked documents with their new scores, then the others in their old order: below the worst reranked one, within a
 * range of 1, so that one number still orders the whole ranking and ties stay ties.
 */
export function mergeReranked(found: readonly ScoredDocument[], scores: ReadonlyMap<string, number>): ScoredDocument[] {
  const worst = Math.min(...scores.values())
  const most = Math.max(...found.map(({score}) => Math.abs(score)), 1)
  return found.map(({id, score}) => ({id, score: scores.get(id) ?? worst - 1 + score / (2 * most)})).sort(compareTrec)
}
