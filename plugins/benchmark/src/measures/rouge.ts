import {lcsLength} from './lcs-length.js'
import {ngramOverlap} from './ngram-overlap.js'

/** Precision over the candidate, recall over the reference and their harmonic mean, each 0 … 1. */
export interface OverlapScore {
  precision: number
  recall: number
  f1: number
}

/** The score of `matched` units out of both totals. As in rouge-score, an empty side gives 0, not an error. */
function overlapScore(matched: number, candidate: number, reference: number): OverlapScore {
  const precision = matched / Math.max(candidate, 1)
  const recall = matched / Math.max(reference, 1)
  return {precision, recall, f1: harmonicMean(precision, recall)}
}

function harmonicMean(precision: number, recall: number): number {
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}

/**
 * ROUGE-N (Lin 2004), equal to google-research/rouge `rouge-score`: clipped n-gram overlap.
 * Tokens are the caller's: a Latin-only tokenizer gives every Russian text a 0.
 */
export function rougeN(candidate: readonly string[], reference: readonly string[], n: number): OverlapScore {
  const {matched, candidate: all, reference: wanted} = ngramOverlap(candidate, reference, n)
  return overlapScore(matched, all, wanted)
}

/** ROUGE-L (Lin 2004): longest common subsequence over the whole token lists, sentences ignored. */
export function rougeL(candidate: readonly string[], reference: readonly string[]): OverlapScore {
  return overlapScore(lcsLength(candidate, reference), candidate.length, reference.length)
}
