import {requireSameLength, requireSome} from '@ep23/statistics'
import {chrfWords, codePointsWithoutSpace} from './chrf-units.js'
import {type NgramOverlap, ngramOverlaps} from './ngram-overlap.js'

export interface ChrfOptions {
  /** Longest character n-gram. */
  charOrder?: number
  /** Longest word n-gram: 0 is chrF, 2 is chrF++. */
  wordOrder?: number
  /** How many times recall counts as much as precision. */
  beta?: number
  /** `eps`: as chrF++.py, NLTK and Moses; `effective-order`: as sacreBLEU by default. The two give different numbers. */
  smoothing?: 'effective-order' | 'eps'
}

const EPSILON = 1e-16

/**
 * chrF (Popović 2015) and chrF++ (`wordOrder: 2`, Popović 2017) of one text, 0 … 100, equal to sacreBLEU's sentence score.
 * Characters are code points, case is kept, white space is dropped. Of several references the best one counts.
 */
export function chrf(candidate: string, references: readonly string[], options: ChrfOptions = {}): number {
  return chrfScore(bestOverlaps(candidate, references, options), options)
}

/** chrF of a corpus: statistics are summed over the texts first, so it is not the mean of their scores. */
export function corpusChrf(
  candidates: readonly string[],
  references: readonly (readonly string[])[],
  options: ChrfOptions = {},
): number {
  requireSome(candidates, 'candidates')
  requireSameLength(candidates, references, 'candidates and references')
  const overlaps = candidates.map((candidate, i) => bestOverlaps(candidate, references[i]!, options))
  return chrfScore(overlaps.reduce(addOverlaps), options)
}

function bestOverlaps(candidate: string, references: readonly string[], options: ChrfOptions): NgramOverlap[] {
  requireSome(references, 'references')
  const scored = references
    .map(reference => chrfOverlaps(candidate, reference, options))
    .map(overlaps => ({overlaps, score: chrfScore(overlaps, options)}))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).overlaps
}

function chrfOverlaps(
  candidate: string,
  reference: string,
  {charOrder = 6, wordOrder = 0}: ChrfOptions,
): NgramOverlap[] {
  const characters = ngramOverlaps(codePointsWithoutSpace(candidate), codePointsWithoutSpace(reference), charOrder)
  if (wordOrder === 0) return characters
  return [...characters, ...ngramOverlaps(chrfWords(candidate), chrfWords(reference), wordOrder)]
}

function addOverlaps(a: NgramOverlap[], b: NgramOverlap[]): NgramOverlap[] {
  return a.map((one, i) => {
    const other = b[i]!
    return {
      order: one.order,
      candidate: candidateCount(one) + candidateCount(other),
      reference: one.reference + other.reference,
      matched: one.matched + other.matched,
    }
  })
}

/** sacreBLEU does not count the candidate's n-grams of an order in which the reference has none. */
function candidateCount({candidate, reference}: NgramOverlap): number {
  return reference > 0 ? candidate : 0
}

function chrfScore(overlaps: readonly NgramOverlap[], {beta = 2, smoothing}: ChrfOptions): number {
  return 100 * (smoothing === 'eps' ? epsScore(overlaps, beta) : effectiveOrderScore(overlaps, beta))
}

/** Mean precision and recall over the orders that both texts have, then one F. */
function effectiveOrderScore(overlaps: readonly NgramOverlap[], beta: number): number {
  const effective = overlaps.filter(overlap => candidateCount(overlap) > 0 && overlap.reference > 0)
  if (effective.length === 0) return 0
  const precision = sumOf(effective, overlap => overlap.matched / overlap.candidate) / effective.length
  const recall = sumOf(effective, overlap => overlap.matched / overlap.reference) / effective.length
  return precision + recall > 0 ? fBeta(precision, recall, beta) : 0
}

/** Mean over all orders of each order's own F. */
function epsScore(overlaps: readonly NgramOverlap[], beta: number): number {
  return sumOf(overlaps, overlap => epsF(overlap, beta)) / overlaps.length
}

function epsF(overlap: NgramOverlap, beta: number): number {
  const precision = candidateCount(overlap) > 0 ? overlap.matched / overlap.candidate : EPSILON
  const recall = overlap.reference > 0 ? overlap.matched / overlap.reference : EPSILON
  return precision + recall > 0 ? fBeta(precision, recall, beta) : EPSILON
}

function fBeta(precision: number, recall: number, beta: number): number {
  return ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall)
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}
