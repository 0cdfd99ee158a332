import {ngramOverlap} from './ngram-overlap.js'

/** Precision over the candidate, recall over the reference and their harmonic mean, each 0 … 1. */
export interface OverlapScore {
  precision: number
  recall: number
  f1: number
}

/** The score of `matched` units out of both totals. As in rouge-score, an empty side gives 0, not an error. */
function overlapScore(matched: number, candidate: number, reference: number): OverlapScore {
  const precision = matched / Math.max(candidate, 1)
  const recall = matched / Math.max(reference, 1)
  return {precision, recall, f1: harmonicMean(precision, recall)}
}

function harmonicMean(precision: number, recall: number): number {
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}

/**
 * ROUGE-N (Lin 2004), equal to google-research/rouge `rouge-score`: clipped n-gram overlap.
 * Tokens are the caller's: a Latin-only tokenizer gives every Russian text a 0.
 */
export function rougeN(candidate: readonly string[], reference: readonly string[], n: number): OverlapScore {
  const {matched, candidate: all, reference: wanted} = ngramOverlap(candidate, reference, n)
  return overlapScore(matched, all, wanted)
}

/** ROUGE-L (Lin 2004): longest common subsequence over the whole token lists, sentences ignored. */
export function rougeL(candidate: readonly string[], reference: readonly string[]): OverlapScore {
  return overlapScore(lcsLength(candidate, reference), candidate.length, reference.length)
}

/**
 * Length of the longest common subsequence, 32 table cells at a time (bit-vector algorithm of Crochemore et al. 2001 in the
 * form of Hyyrö 2004: `V = (V + (V & M)) | (V & ~M)`; each zero bit of V is one matched symbol of the shorter sequence).
 */
export function lcsLength(a: readonly string[], b: readonly string[]): number {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  const words = Math.ceil(shorter.length / 32)
  const places = placeMasks(shorter, words)
  const row = new Uint32Array(words).fill(0xffffffff)
  for (const symbol of longer) {
    const mask = places.get(symbol)
    if (mask) advance(row, mask)
  }
  return countZeroBits(row)
}

/** For each symbol, the set of its places as bits. */
function placeMasks(sequence: readonly string[], words: number): Map<string, Uint32Array> {
  const masks = new Map<string, Uint32Array>()
  for (const [place, symbol] of sequence.entries()) {
    const mask = masks.get(symbol) ?? new Uint32Array(words)
    mask[place >>> 5] = (mask[place >>> 5] ?? 0) | (1 << (place & 31))
    masks.set(symbol, mask)
  }
  return masks
}

function advance(row: Uint32Array, mask: Uint32Array): void {
  let carry = 0
  for (let word = 0; word < row.length; word++) {
    const before = row[word] ?? 0
    const hits = (before & (mask[word] ?? 0)) >>> 0
    const sum = before + hits + carry
    carry = sum > 0xffffffff ? 1 : 0
    row[word] = sum | (before & ~hits)
  }
}

function countZeroBits(row: Uint32Array): number {
  let zeros = 0
  for (const word of row) for (let rest = ~word; rest !== 0; rest &= rest - 1) zeros++
  return zeros
}
