import {requireSome} from '@ep23/statistics'

import {type NgramOverlap, ngramOverlaps} from './ngram-overlap.js'
import {Numbering} from './numbering.js'

/** White space as Python's `str.split` has it; JavaScript's `\s` lacks U+001C–U+001F and U+0085 and has U+FEFF besides. */
// oxlint-disable-next-line no-control-regex -- the four separators U+001C–U+001F are white space to the reference
const SPACE = /[\t-\r\u001C-\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/u

/** For each code point up to the last white space, whether it is one. */
const IS_SPACE = Uint8Array.from({length: 0x3001}, (_, code) => (SPACE.test(String.fromCodePoint(code)) ? 1 : 0))

const PUNCTUATION = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')

/** The characters chrF counts: code points, never UTF-16 halves, without white space. */
export function codePointsWithoutSpace(text: string): Int32Array {
  const points = new Int32Array(text.length)
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) ?? 0
    if (point > 0xffff) at++
    if (IS_SPACE[point] !== 1) points[count++] = point
  }
  return points.subarray(0, count)
}

/**
 * The words chrF++ counts: parts between white space with one ASCII punctuation mark split off, the last if there is one,
 * else the first. `(да)` becomes `(да` and `)`, as in Popović's chrF++.py and sacreBLEU.
 */
export function chrfWords(text: string): string[] {
  return text
    .split(SPACE)
    .filter(word => word !== '')
    .flatMap(splitPunctuation)
}

function splitPunctuation(word: string): string[] {
  const [first, last] = [word.slice(0, 1), word.slice(-1)]
  if (word.length === 1) return [word]
  if (PUNCTUATION.has(last)) return [word.slice(0, -1), last]
  if (PUNCTUATION.has(first)) return [first, word.slice(1)]
  return [word]
}

export interface ChrfOptions {
  /** Longest character n-gram. */
  charOrder?: number
  /** Longest word n-gram: 0 is chrF, 2 is chrF++. */
  wordOrder?: number
  /** How many times recall counts as much as precision. */
  beta?: number
}

/**
 * chrF (Popović 2015) and chrF++ (`wordOrder: 2`, Popović 2017) of one text, 0 … 100, equal to sacreBLEU's sentence score.
 * Characters are code points, case is kept, white space is dropped. Of several references the best one counts.
 * @throws RangeError when there is no reference
 */
export function chrf(candidate: string, references: readonly string[], options: ChrfOptions = {}): number {
  requireSome(references, 'references')
  const scores = references.map(reference => chrfScore(chrfOverlaps(candidate, reference, options), options.beta))
  return Math.max(...scores)
}

function chrfOverlaps(
  candidate: string,
  reference: string,
  {charOrder = 6, wordOrder = 0}: ChrfOptions,
): NgramOverlap[] {
  const characters = ngramOverlaps(codePointsWithoutSpace(candidate), codePointsWithoutSpace(reference), charOrder)
  if (wordOrder === 0) return characters
  const numbering = new Numbering()
  const numbersOf = (text: string): Int32Array => numbering.numbersOf(chrfWords(text))
  return [...characters, ...ngramOverlaps(numbersOf(candidate), numbersOf(reference), wordOrder)]
}

/** sacreBLEU does not count the candidate's n-grams of an order in which the reference has none. */
function candidateCount({candidate, reference}: NgramOverlap): number {
  return reference > 0 ? candidate : 0
}

/** Mean precision and recall over the orders that both texts have, then one F: sacreBLEU's effective order. */
function chrfScore(overlaps: readonly NgramOverlap[], beta = 2): number {
  const effective = overlaps.filter(overlap => candidateCount(overlap) > 0 && overlap.reference > 0)
  if (effective.length === 0) return 0
  const precision = sumOf(effective, overlap => overlap.matched / overlap.candidate) / effective.length
  const recall = sumOf(effective, overlap => overlap.matched / overlap.reference) / effective.length
  return precision + recall > 0 ? 100 * fBeta(precision, recall, beta) : 0
}

function fBeta(precision: number, recall: number, beta: number): number {
  return ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall)
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}
