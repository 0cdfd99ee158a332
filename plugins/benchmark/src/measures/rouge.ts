import {LcsPattern} from './lcs-length.js'
import {ngramOverlaps} from './ngram-overlap.js'
import {Numbering} from './numbering.js'

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

function harmonicMean(precision: number, recall: number): number {
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}

/** Two texts as numbers of one numbering; the candidate's are the lowest. */
interface NumberedPair {
  candidate: Int32Array
  reference: Int32Array
  /** How many different tokens the candidate has. */
  alphabet: number
}

function numberPair(candidate: readonly string[], reference: readonly string[]): NumberedPair {
  const numbering = new Numbering()
  const numbered = numbering.numbersOf(candidate)
  const alphabet = numbering.size
  return {candidate: numbered, reference: numbering.numbersOf(reference), alphabet}
}

/**
 * ROUGE-N (Lin 2004), equal to google-research/rouge `rouge-score`: clipped n-gram overlap.
 * Tokens are the caller's: a Latin-only tokenizer gives every Russian text a 0.
 */
export function rougeN(candidate: readonly string[], reference: readonly string[], n: number): OverlapScore {
  return ngramScores(numberPair(candidate, reference), n).at(-1) ?? overlapScore(0, 0, 0)
}

/** ROUGE-L (Lin 2004): longest common subsequence over the whole token lists, sentences ignored. */
export function rougeL(candidate: readonly string[], reference: readonly string[]): OverlapScore {
  return subsequenceScore(numberPair(candidate, reference))
}

/** ROUGE-1, ROUGE-2 and ROUGE-L of one pair: the same as asking for each, in a third of the time. */
export function rouge(
  candidate: readonly string[],
  reference: readonly string[],
): Record<'rouge1' | 'rouge2' | 'rougeL', OverlapScore> {
  const pair = numberPair(candidate, reference)
  const [rouge1 = overlapScore(0, 0, 0), rouge2 = overlapScore(0, 0, 0)] = ngramScores(pair, 2)
  return {rouge1, rouge2, rougeL: subsequenceScore(pair)}
}

function ngramScores({candidate, reference}: NumberedPair, maxOrder: number): OverlapScore[] {
  return ngramOverlaps(candidate, reference, maxOrder).map(overlap =>
    overlapScore(overlap.matched, overlap.candidate, overlap.reference),
  )
}

function subsequenceScore({candidate, reference, alphabet}: NumberedPair): OverlapScore {
  const matched = new LcsPattern(candidate, alphabet).lengthWith(reference)
  return overlapScore(matched, candidate.length, reference.length)
}
