import type {FusionConfig} from './retrieval-config.js'
import {type ScoredDocument, compareTrec, inTrecOrder} from './ranking.js'

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

interface ReciprocalRankOptions {
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
  const scores = new Map<string, number>()
  for (const {ranking, weight} of weighted(rankings, weights)) {
    for (const [i, {id}] of inTrecOrder(ranking).entries()) scores.set(id, (scores.get(id) ?? 0) + weight / (k + i + 1))
  }
  return Array.from(scores, ([id, score]) => ({id, score})).sort(compareTrec)
}

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
  const scores = new Map<string, number>()
  for (const {ranking, weight} of weighted(rankings, weights)) {
    for (const {id, score} of normalized(ranking)) scores.set(id, (scores.get(id) ?? 0) + weight * score)
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

type Ranking = readonly ScoredDocument[]

/** Each ranking with its weight, 1 by default. @throws RangeError unless there is one weight, 0 or more, for each ranking. */
function weighted(rankings: readonly Ranking[], weights?: readonly number[]): {ranking: Ranking; weight: number}[] {
  if (weights === undefined) return rankings.map(ranking => ({ranking, weight: 1}))
  if (weights.length !== rankings.length)
    throw new RangeError(`${weights.length} weights for ${rankings.length} rankings: one for each is needed`)
  const bad = weights.find(weight => !(weight >= 0 && weight < Infinity))
  if (bad !== undefined) throw new RangeError(`a weight is ${bad}: numbers from 0 are needed`)
  return rankings.map((ranking, i) => ({ranking, weight: weights[i] ?? 1}))
}
