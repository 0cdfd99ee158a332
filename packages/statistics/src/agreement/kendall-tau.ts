import {type Measurement, requirePairs} from '../measurement.js'
import {averageRanks} from './average-ranks.js'

/**
 * Kendall's tau-b (1945), −1 … 1, with the correction for ties on either side, in O(n log n) (Knight 1966).
 * Undefined for fewer than two pairs or when either side is constant.
 * @example kendallTauB([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]) // 0.8
 * @example kendallTauB([1, 1], [1, 2]) // undefined
 */
export function kendallTauB(xs: readonly number[], ys: readonly number[]): Measurement {
  requirePairs(xs, ys)
  const pairs = pairCodes(xs, ys)
  const sortedYs = pairs.codes.map(code => code % pairs.base)
  const all = (xs.length * (xs.length - 1)) / 2
  const tiedX = tiedPairs(pairs.codes.map(code => Math.floor(code / pairs.base)))
  const tiedBoth = tiedPairs(pairs.codes)
  const discordant = sortCountingSwaps(sortedYs)
  const tiedY = tiedPairs(sortedYs)
  const concordantMinusDiscordant = all - tiedX - tiedY + tiedBoth - 2 * discordant
  const scale = Math.sqrt(all - tiedX) * Math.sqrt(all - tiedY)
  return scale > 0 ? concordantMinusDiscordant / scale : undefined
}

/**
 * Each pair as one number, ascending by x, then by y: only the order counts, so that ranks (doubled, thus whole) stand for the
 * values, and plain numbers sort several times as fast as pairs. Exact up to 47 million pairs.
 */
function pairCodes(xs: readonly number[], ys: readonly number[]): {codes: Float64Array; base: number} {
  const [ofX, ofY] = [averageRanks(xs), averageRanks(ys)]
  const base = 2 * xs.length + 1
  return {codes: ofX.map((rank, i) => 2 * rank * base + 2 * (ofY[i] ?? 0)).sort(), base}
}

/** Pairs within runs of equal neighbours. */
function tiedPairs(values: Float64Array): number {
  let [pairs, run] = [0, 0]
  for (let i = 1; i < values.length; i++) {
    run = values[i] === values[i - 1] ? run + 1 : 0
    pairs += run
  }
  return pairs
}

/** Merge sort in place, from pairs upwards; each element that passes to the left of a larger one is a swap, equal ones never are. */
function sortCountingSwaps(values: Float64Array): number {
  const merged = new Float64Array(values.length)
  let swaps = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width)
      swaps += mergeNeighbours(values, merged, start, width)
    values.set(merged)
  }
  return swaps
}

function mergeNeighbours(values: Float64Array, merged: Float64Array, start: number, width: number): number {
  const middle = Math.min(start + width, values.length)
  const end = Math.min(start + 2 * width, values.length)
  let [left, right, swaps] = [start, middle, 0]
  for (let i = start; i < end; i++) {
    const takeRight = left === middle || (right < end && (values[right] ?? 0) < (values[left] ?? 0))
    if (takeRight) swaps += middle - left
    merged[i] = (takeRight ? values[right++] : values[left++]) ?? 0
  }
  return swaps
}
