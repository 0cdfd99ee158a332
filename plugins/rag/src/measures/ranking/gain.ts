import type {JudgedRanking} from './judgements.js'

/** `log2` takes the relevance itself as gain (trec_eval, Järvelin and Kekäläinen 2002), `exp-log2` 2^relevance − 1 (Burges 2005). */
export const GAIN_FORMS = ['log2', 'exp-log2'] as const
export type GainForm = (typeof GAIN_FORMS)[number]

/**
 * nDCG: Σ gain / log2(rank + 1), divided by the same sum over the best possible ranking of ALL judged documents of the query.
 * Unjudged documents and negative judgements gain nothing. 0 when the query has no relevant document.
 */
export function ndcg({relevances, ideal}: JudgedRanking, cutoff: number, form: GainForm): number {
  const best = discountedGain(ideal, cutoff, form)
  return best > 0 ? discountedGain(relevances, cutoff, form) / best : 0
}

function discountedGain(relevances: readonly (number | undefined)[], cutoff: number, form: GainForm): number {
  let sum = 0
  for (let i = 0; i < Math.min(cutoff, relevances.length); i++) sum += gain(relevances[i], form) / Math.log2(i + 2)
  return sum
}

function gain(relevance: number | undefined, form: GainForm): number {
  if (relevance === undefined || relevance <= 0) return 0
  return form === 'log2' ? relevance : 2 ** relevance - 1
}
