import {requireAllFinite, requireSome} from '../measurement.js'

/**
 * Quantile of type 7 (Hyndman and Fan 1996): linear between the order statistics at 1 + (n − 1)p, the default of numpy and R.
 * @throws RangeError for no values, a value that is not finite or p outside 0 … 1.
 * @example quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  requireSome(values, 'values')
  requireAllFinite(values, 'values')
  return sortedQuantile(Float64Array.from(values).sort(), p)
}

/** The same for values that already stand in ascending order. */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p is ${p}: a number from 0 to 1 is needed`)
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const [low, high] = [sorted[below] ?? Number.NaN, sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN]
  return low + (place - below) * (high - low)
}
