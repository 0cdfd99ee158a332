import type {JudgedRanking} from './judgements.js'

/** Below: a document is relevant when its judgement is at least `rel` (trec_eval's `-l`); the unjudged are not. */

function isRelevant(relevance: number | undefined, rel: number): boolean {
  return relevance !== undefined && relevance >= rel
}

function relevantWithin({relevances}: JudgedRanking, cutoff: number, rel: number): number {
  return relevances.slice(0, cutoff).filter(relevance => isRelevant(relevance, rel)).length
}

/** All relevant documents of the query, retrieved or not. */
function relevantAtAll({ideal}: JudgedRanking, rel: number): number {
  return ideal.filter(relevance => relevance >= rel).length
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

/** Divides by the cut-off even when fewer documents were retrieved. */
export function precision(ranking: JudgedRanking, cutoff: number, rel: number): number {
  return relevantWithin(ranking, cutoff, rel) / cutoff
}

export function recall(ranking: JudgedRanking, cutoff: number, rel: number): number {
  return share(relevantWithin(ranking, cutoff, rel), relevantAtAll(ranking, rel))
}

/** Recall that 1 can be reached with: divides by min(k, relevant), as BEIR does. */
export function cappedRecall(ranking: JudgedRanking, cutoff: number, rel: number): number {
  return share(relevantWithin(ranking, cutoff, rel), Math.min(cutoff, relevantAtAll(ranking, rel)))
}

export function success(ranking: JudgedRanking, cutoff: number, rel: number): number {
  return relevantWithin(ranking, cutoff, rel) > 0 ? 1 : 0
}

/** 1 / rank of the first relevant document; 0 when none stands within the cut-off (Infinity: no cut-off, as trec_eval). */
export function reciprocalRank({relevances}: JudgedRanking, cutoff: number, rel: number): number {
  const first = relevances.slice(0, cutoff).findIndex(relevance => isRelevant(relevance, rel))
  return first < 0 ? 0 : 1 / (first + 1)
}

/** Mean of the precisions at the ranks of relevant documents, divided by all relevant ones, not by those retrieved. */
export function averagePrecision(ranking: JudgedRanking, cutoff: number, rel: number): number {
  let found = 0
  let sum = 0
  for (const [i, relevance] of ranking.relevances.slice(0, cutoff).entries()) {
    if (isRelevant(relevance, rel)) sum += ++found / (i + 1)
  }
  return share(sum, relevantAtAll(ranking, rel))
}

/** Rank-biased precision, (1 − p) Σ p^(rank − 1) over the relevant (Moffat and Zobel 2008), gains of 0 or 1. */
export function rankBiasedPrecision({relevances}: JudgedRanking, cutoff: number, rel: number, p: number): number {
  let sum = 0
  let weight = 1 - p
  for (const relevance of relevances.slice(0, cutoff)) {
    if (isRelevant(relevance, rel)) sum += weight
    weight *= p
  }
  return sum
}

/** Share of the documents within the cut-off that have a judgement, whichever; of those retrieved, when they are fewer. */
export function judgedShare({relevances}: JudgedRanking, cutoff: number): number {
  const seen = relevances.slice(0, cutoff)
  return share(seen.filter(relevance => relevance !== undefined).length, seen.length)
}
