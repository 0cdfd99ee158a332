import {lcsPlaces} from './lcs-places.js'
import {type OverlapScore, overlapScore} from './overlap-score.js'

type Sentences = readonly (readonly string[])[]

/**
 * ROUGE-Lsum as rouge-score and ROUGE-1.5.5 compute it: for each reference sentence the union of its longest common
 * subsequences with every candidate sentence, where no token is hit more often than the candidate contains it (the paper,
 * Lin 2004, does not mention this clipping; the reference side needs none, as each of its places is visited once).
 */
export function rougeLsum(candidate: Sentences, reference: Sentences): OverlapScore {
  const numbers = new Map<string, number>()
  const candidates = numberTokens(candidate, numbers)
  const references = numberTokens(reference, numbers)
  const unused = new Int32Array(numbers.size)
  for (const sentence of candidates) for (const token of sentence) unused[token]!++
  let hits = 0
  for (const sentence of references) {
    for (const token of unionLcs(sentence, candidates)) if (unused[token]!-- > 0) hits++
  }
  return overlapScore(hits, candidate.flat().length, reference.flat().length)
}

/** The reference sentence's tokens that lie on a longest common subsequence with any of the candidate's sentences. */
function unionLcs(reference: Int32Array, candidates: readonly Int32Array[]): Int32Array {
  const union = new Set(candidates.flatMap(candidate => lcsPlaces(reference, candidate)))
  return reference.filter((_, place) => union.has(place))
}

/** Comparing numbers is several times faster than comparing words. */
function numberTokens(sentences: Sentences, numbers: Map<string, number>): Int32Array[] {
  return sentences.map(sentence =>
    Int32Array.from(sentence, token => {
      const number = numbers.get(token) ?? numbers.size
      numbers.set(token, number)
      return number
    }),
  )
}
