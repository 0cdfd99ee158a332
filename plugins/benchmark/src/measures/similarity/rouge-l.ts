import {lcsLength} from './lcs-length.js'
import {type OverlapScore, overlapScore} from './overlap-score.js'

/** ROUGE-L (Lin 2004): longest common subsequence over the whole token lists, sentences ignored. */
export function rougeL(candidate: readonly string[], reference: readonly string[]): OverlapScore {
  return overlapScore(lcsLength(candidate, reference), candidate.length, reference.length)
}
