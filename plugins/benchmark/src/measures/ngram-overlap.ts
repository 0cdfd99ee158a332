import {requireCount} from '@ep23/statistics'

/** The n-grams of one order in two sequences. */
export interface NgramOverlap {
  order: number
  /** How many n-grams the candidate has, repeats included. */
  candidate: number
  reference: number
  /** Clipped matches: for each n-gram the smaller of its two counts, summed. */
  matched: number
}

/** Number given to what the candidate does not contain: no longer n-gram that starts there can match. */
const ABSENT = -1

/** Clipped n-gram overlap of one order. */
export function ngramOverlap(candidate: readonly string[], reference: readonly string[], order: number): NgramOverlap {
  const overlaps = ngramOverlaps(candidate, reference, order)
  return overlaps[order - 1] ?? {order, candidate: 0, reference: 0, matched: 0}
}

/**
 * Clipped n-gram overlaps of orders 1 … `maxOrder` of two sequences of symbols (words or code points).
 * An n-gram is numbered by its first n − 1 symbols' number and its last symbol, so that no n-gram is ever built as a string.
 */
export function ngramOverlaps(
  candidate: readonly string[],
  reference: readonly string[],
  maxOrder: number,
): NgramOverlap[] {
  requireCount(maxOrder, 'maxOrder')
  const symbols = numberSymbols(candidate)
  const candidateSymbols = Int32Array.from(candidate, symbol => symbols.get(symbol) ?? ABSENT)
  const referenceSymbols = Int32Array.from(reference, symbol => symbols.get(symbol) ?? ABSENT)
  let [candidateGrams, referenceGrams] = [candidateSymbols, referenceSymbols]
  const overlaps = [overlapOf(1, candidateGrams, referenceGrams)]
  for (let order = 2; order <= maxOrder; order++) {
    const numbers = new Map<number, number>()
    candidateGrams = extend(candidateGrams, candidateSymbols, symbols.size, key => numberOf(key, numbers))
    referenceGrams = extend(referenceGrams, referenceSymbols, symbols.size, key => numbers.get(key) ?? ABSENT)
    overlaps.push(overlapOf(order, candidateGrams, referenceGrams))
  }
  return overlaps
}

function numberSymbols(sequence: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const symbol of sequence) if (!numbers.has(symbol)) numbers.set(symbol, numbers.size)
  return numbers
}

function numberOf(key: number, numbers: Map<number, number>): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size)
  return numbers.size - 1
}

function extend(
  grams: Int32Array,
  symbols: Int32Array,
  alphabet: number,
  number: (key: number) => number,
): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(0, grams.length - 1))
  const order = symbols.length - grams.length + 1
  for (let i = 0; i < longer.length; i++) {
    const [gram, next] = [grams[i] ?? ABSENT, symbols[i + order] ?? ABSENT]
    longer[i] = gram === ABSENT || next === ABSENT ? ABSENT : number(gram * alphabet + next)
  }
  return longer
}

function overlapOf(order: number, candidate: Int32Array, reference: Int32Array): NgramOverlap {
  const unused = new Int32Array(candidate.length)
  for (const gram of candidate) unused[gram] = (unused[gram] ?? 0) + 1
  let matched = 0
  for (const gram of reference) {
    const left = gram === ABSENT ? 0 : (unused[gram] ?? 0)
    if (left === 0) continue
    unused[gram] = left - 1
    matched++
  }
  return {order, candidate: candidate.length, reference: reference.length, matched}
}
