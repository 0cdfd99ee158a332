import {placesInOrder} from '../inference/places.js'

/**
 * Ranks from 1 for the smallest value; equal values share the mean of their ranks.
 * @example Array.from(averageRanks([10, 20, 20])) // [1, 2.5, 2.5]
 */
export function averageRanks(values: readonly number[]): Float64Array {
  const order = placesInOrder(values)
  const ranks = new Float64Array(values.length)
  // Every place of the order is one of the values.
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}
