import {ngramOverlaps} from './ngram-overlap.js'
import {type OverlapScore, overlapScore} from './overlap-score.js'

/**
 * ROUGE-N (Lin 2004), equal to google-research/rouge `rouge-score`: clipped n-gram overlap.
 * Tokens are the caller's: a Latin-only tokenizer gives every Russian text a 0.
 */
export function rougeN(candidate: readonly string[], reference: readonly string[], n: number): OverlapScore {
  const overlap = ngramOverlaps(candidate, reference, n).at(-1)!
  return overlapScore(overlap.matched, overlap.candidate, overlap.reference)
}
