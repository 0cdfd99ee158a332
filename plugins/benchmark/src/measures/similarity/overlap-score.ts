import {requireSome} from '@ep23/statistics'

/** Precision over the candidate, recall over the reference and their harmonic mean, each 0 … 1. */
export interface OverlapScore {
  precision: number
  recall: number
  f1: number
}

/** The score of `matched` units out of both totals. As in rouge-score, an empty side gives 0, not an error. */
export function overlapScore(matched: number, candidate: number, reference: number): OverlapScore {
  const precision = matched / Math.max(candidate, 1)
  const recall = matched / Math.max(reference, 1)
  return {precision, recall, f1: harmonicMean(precision, recall)}
}

/**
 * Several references: the score against the one with the highest F1, the first of equals (rouge-score's `score_multi`).
 * @throws RangeError when there is no reference.
 */
export function bestReference<T>(references: readonly T[], score: (reference: T) => OverlapScore): OverlapScore {
  requireSome(references, 'references')
  return references.map(score).reduce((best, next) => (next.f1 > best.f1 ? next : best))
}

function harmonicMean(precision: number, recall: number): number {
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}
