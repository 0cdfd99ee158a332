import {type ScoredDocument, compareTrec, inTrecOrder} from '../ranking/scored-document.js'
import {weightsOf} from './fusion-weights.js'

export interface ReciprocalRankOptions {
  /** How little the very first ranks stand out. Default 60, as in the paper. */
  k?: number
  /** One for each ranking. Default: all 1. */
  weights?: readonly number[]
}

/**
 * Reciprocal rank fusion: each ranking gives a document weight / (k + rank), ranks from 1 (Cormack, Clarke and Büttcher 2009).
 * The scores themselves do not matter, so rankings of any kind go together.
 * @returns every document of any ranking, in trec order.
 * @throws RangeError for a number of weights other than of rankings, a negative weight or k.
 */
export function fuseReciprocalRanks(
  rankings: readonly (readonly ScoredDocument[])[],
  {k = 60, weights}: ReciprocalRankOptions = {},
): ScoredDocument[] {
  if (!(k >= 0)) throw new RangeError(`k is ${k}: a number from 0 is needed`)
  const each = weightsOf(rankings, weights)
  const scores = new Map<string, number>()
  for (const [r, ranking] of rankings.entries()) {
    for (const [i, {id}] of inTrecOrder(ranking).entries())
      scores.set(id, (scores.get(id) ?? 0) + each[r]! / (k + i + 1))
  }
  return Array.from(scores, ([id, score]) => ({id, score})).sort(compareTrec)
}
