/**
 * Ranks from 1 for the smallest value; equal values share the mean of their ranks.
 * @example Array.from(averageRanks([10, 20, 20])) // [1, 2.5, 2.5]
 */
export function averageRanks(values: readonly number[]): Float64Array {
  // Numbers in a typed array sort several times as fast as their places by a comparison; the place of each is then looked up.
  const sorted = new Float64Array(values).sort()
  const ranks = new Float64Array(values.length)
  for (const [i, value] of values.entries()) {
    const below = countBelow(sorted, value)
    ranks[i] = (below + 1 + endOfRun(sorted, below)) / 2
  }
  return ranks
}

/** How many of the ascending values are less. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The place after the values that equal the one at `start`. */
function endOfRun(sorted: Float64Array, start: number): number {
  let end = start + 1
  while (end < sorted.length && sorted[end] === sorted[start]) end++
  return end
}
