import {requireCount} from '@ep23/statistics'

import {NgramTrie} from './ngram-trie.js'

/** The n-grams of one order in two sequences. */
export interface NgramOverlap {
  order: number
  /** How many n-grams the candidate has, repeats included. */
  candidate: number
  reference: number
  /** Clipped matches: for each n-gram the smaller of its two counts, summed. */
  matched: number
}

/**
 * Clipped n-gram overlaps of orders 1 … `maxOrder` of two sequences of symbols: numbers of words or code points, equal where the
 * symbols are.
 * @throws RangeError when `maxOrder` is not a count
 */
export function ngramOverlaps(candidate: Int32Array, reference: Int32Array, maxOrder: number): NgramOverlap[] {
  requireCount(maxOrder, 'maxOrder')
  const counts = countNgrams(candidate, maxOrder)
  const matched = takeMatches(counts, reference, maxOrder)
  return Array.from({length: maxOrder}, (_, i) => ({
    order: i + 1,
    candidate: Math.max(0, candidate.length - i),
    reference: Math.max(0, reference.length - i),
    matched: matched[i] ?? 0,
  }))
}

function countNgrams(sequence: Int32Array, maxOrder: number): NgramTrie {
  const trie = new NgramTrie(sequence.length * maxOrder)
  for (let start = 0; start < sequence.length; start++) {
    const end = Math.min(start + maxOrder, sequence.length)
    let node = trie.root
    for (let place = start; place < end; place++) node = trie.add(node, sequence[place] ?? 0)
  }
  return trie
}

/** For each order, how many n-grams of the sequence find one left in the trie. What the trie lacks, it lacks continued, too. */
function takeMatches(trie: NgramTrie, sequence: Int32Array, maxOrder: number): Int32Array {
  const matched = new Int32Array(maxOrder)
  for (let start = 0; start < sequence.length; start++) {
    const end = Math.min(start + maxOrder, sequence.length)
    let node = trie.root
    for (let place = start; place < end; place++) {
      node = trie.find(node, sequence[place] ?? 0)
      if (node < 0) break
      if (trie.take(node)) matched[place - start] = (matched[place - start] ?? 0) + 1
    }
  }
  return matched
}
