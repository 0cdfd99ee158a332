import {type Measurement} from '@ep23/statistics'
import {ngramCounts} from './ngram-counts.js'

/**
 * distinct-n (Li et al. 2016): different n-grams per n-gram, 0 … 1; redundancy is 1 − distinct-n.
 * Undefined for a text shorter than one n-gram. Longer texts score lower by themselves: compare like lengths.
 */
export function distinctN(tokens: readonly string[], n: number): Measurement {
  const counts = ngramCounts(tokens, n)
  return counts.size > 0 ? counts.size / (tokens.length - n + 1) : undefined
}

/** Share of n-gram occurrences whose n-gram occurs more than once, first occurrence included, 0 … 1. */
export function repeatedNgramShare(tokens: readonly string[], n = 3): Measurement {
  const counts = [...ngramCounts(tokens, n).values()]
  const repeated = counts.filter(count => count > 1).reduce((sum, count) => sum + count, 0)
  return counts.length > 0 ? repeated / (tokens.length - n + 1) : undefined
}
