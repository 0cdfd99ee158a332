import {type Measurement, requireCount, mean} from '@ep23/statistics'

import {LcsPattern} from './lcs-length.js'
import {Numbering} from './numbering.js'
import {overlapScore} from './rouge.js'

/**
 * distinct-n (Li et al. 2016): different n-grams per n-gram, 0 … 1; redundancy is 1 − distinct-n.
 * Undefined for a text shorter than one n-gram. Longer texts score lower by themselves: compare like lengths.
 */
export function distinctN(tokens: readonly string[], n: number): Measurement {
  const counts = ngramCounts(tokens, n)
  return counts.size > 0 ? counts.size / (tokens.length - n + 1) : undefined
}

/** How often each n-gram of this order occurs; the key joins its tokens by a character that no token may contain. */
function ngramCounts(tokens: readonly string[], order: number): Map<string, number> {
  requireCount(order, 'order')
  const counts = new Map<string, number>()
  for (let end = order; end <= tokens.length; end++) {
    const gram = tokens.slice(end - order, end).join('\u0000')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/**
 * How much the sentences of one text repeat each other: for each the highest ROUGE-L F1 with any other, averaged, 0 … 1.
 * Undefined with fewer than two sentences; sentences without tokens are left out.
 */
export function sentenceRedundancy(sentences: readonly (readonly string[])[]): Measurement {
  const spoken = sentences.filter(sentence => sentence.length > 0)
  if (spoken.length < 2) return undefined
  const numbering = new Numbering()
  const numbered = spoken.map(sentence => numbering.numbersOf(sentence))
  const nearest = new Float64Array(spoken.length)
  for (const [i, a] of numbered.entries()) {
    const pattern = new LcsPattern(a, numbering.size)
    for (const [j, b] of numbered.slice(0, i).entries()) {
      const {f1} = overlapScore(pattern.lengthWith(b), a.length, b.length)
      nearest[i] = Math.max(nearest[i] ?? 0, f1)
      nearest[j] = Math.max(nearest[j] ?? 0, f1)
    }
  }
  return mean(nearest)
}
