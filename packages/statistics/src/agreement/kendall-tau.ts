import {type Measurement, requirePairs} from '../measurement.js'

/**
 * Kendall's tau-b (1945), −1 … 1, with the correction for ties on either side, in O(n log n) (Knight 1966).
 * Undefined for fewer than two pairs or when either side is constant.
 * @example kendallTauB([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]) // 0.8
 * @example kendallTauB([1, 1], [1, 2]) // undefined
 */
export function kendallTauB(xs: readonly number[], ys: readonly number[]): Measurement {
  requirePairs(xs, ys)
  const pairs = xs.map((x, i) => ({x, y: ys[i] ?? 0})).toSorted((a, b) => a.x - b.x || a.y - b.y)
  const sortedYs = Float64Array.from(pairs, ({y}) => y)
  const all = (xs.length * (xs.length - 1)) / 2
  const tiedX = tiedPairs(pairs, (a, b) => a.x === b.x)
  const tiedBoth = tiedPairs(pairs, (a, b) => a.x === b.x && a.y === b.y)
  const discordant = sortCountingSwaps(sortedYs)
  const tiedY = tiedPairs(sortedYs, (a, b) => a === b)
  const concordantMinusDiscordant = all - tiedX - tiedY + tiedBoth - 2 * discordant
  const scale = Math.sqrt(all - tiedX) * Math.sqrt(all - tiedY)
  return scale > 0 ? concordantMinusDiscordant / scale : undefined
}

/** Pairs within runs of equal neighbours. */
function tiedPairs<T extends object | number>(items: Iterable<T>, equal: (a: T, b: T) => boolean): number {
  let [pairs, run] = [0, 0]
  let before: T | undefined
  for (const item of items) {
    run = before !== undefined && equal(before, item) ? run + 1 : 0
    pairs += run
    before = item
  }
  return pairs
}

/** Merge sort in place; each element that passes to the left of a larger one is a swap, equal ones never are. */
function sortCountingSwaps(values: Float64Array): number {
  if (values.length < 2) return 0
  const middle = values.length >> 1
  const [left, right] = [values.slice(0, middle), values.slice(middle)]
  let swaps = sortCountingSwaps(left) + sortCountingSwaps(right)
  for (let i = 0, l = 0, r = 0; i < values.length; i++) {
    // Asked first whether there is one left: reading past the end of a typed array is slow.
    const takeRight = l === left.length || (r < right.length && (right[r] ?? 0) < (left[l] ?? 0))
    if (takeRight) swaps += left.length - l
    values[i] = (takeRight ? right[r++] : left[l++]) ?? 0
  }
  return swaps
}
