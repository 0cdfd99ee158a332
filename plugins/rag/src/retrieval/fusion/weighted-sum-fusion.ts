import {type ScoredDocument, compareTrec} from '../ranking/scored-document.js'
import {weightsOf} from './fusion-weights.js'

/**
 * Weighted sum of scores, each ranking brought to 0 … 1 first: (score − min) / (max − min) over its documents, 1 where all its
 * scores are equal (CombSUM of Fox and Shaw 1994 with min-max normalisation). A document that a ranking does not hold gets 0
 * from it, as the worst one it does hold: give rankings deep enough.
 * @returns every document of any ranking, in trec order.
 * @throws RangeError for a number of weights other than of rankings, a negative weight or a score that is not finite.
 */
export function fuseWeightedSum(
  rankings: readonly (readonly ScoredDocument[])[],
  weights?: readonly number[],
): ScoredDocument[] {
  const each = weightsOf(rankings, weights)
  const scores = new Map<string, number>()
  for (const [r, ranking] of rankings.entries()) {
    for (const {id, score} of normalized(ranking)) scores.set(id, (scores.get(id) ?? 0) + each[r]! * score)
  }
  return Array.from(scores, ([id, score]) => ({id, score})).sort(compareTrec)
}

function normalized(ranking: readonly ScoredDocument[]): ScoredDocument[] {
  let [min, max] = [Infinity, -Infinity]
  for (const {id, score} of ranking) {
    if (!Number.isFinite(score)) throw new RangeError(`the score of ${id} is ${score}: a finite number is needed`)
    min = Math.min(min, score)
    max = Math.max(max, score)
  }
  return ranking.map(({id, score}) => ({id, score: max > min ? (score - min) / (max - min) : 1}))
}
