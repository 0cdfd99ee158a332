import {countBelow} from '../inference/places.js'

/**
 * Ranks from 1 for the smallest value; equal values share the mean of their ranks.
 * @example Array.from(averageRanks([10, 20, 20])) // [1, 2.5, 2.5]
 */
export function averageRanks(values: readonly number[]): Float64Array {
  // Numbers in a typed array sort several times as fast as their places by a comparison; the place of each is then looked up.
  const sorted = new Float64Array(values).sort()
  const ranks = new Float64Array(values.length)
  for (const [i, value] of values.entries()) {
    ranks[i] = (countBelow(sorted, value) + 1 + countBelow(sorted, value, true)) / 2
  }
  return ranks
}
