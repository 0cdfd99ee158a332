import {placesInOrder} from './places.js'

/**
 * Holm's step-down adjustment (1979) of the p values of one family, such as all metrics of a comparison; in the order given.
 * An adjusted p below 0.05 keeps the chance of any false alarm in the family below 5 %.
 * @throws RangeError for a p outside 0 … 1.
 * @example holmAdjust([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holmAdjust(pValues: readonly number[]): number[] {
  for (const [i, p] of pValues.entries()) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`pValues[${i}] is ${p}: a number from 0 to 1 is needed`)
  }
  const adjusted = pValues.map(() => 1)
  let highest = 0
  for (const [rank, index] of placesInOrder(pValues).entries()) {
    highest = Math.max(highest, Math.min(1, (pValues[index] ?? 0) * (pValues.length - rank)))
    adjusted[index] = highest
  }
  return adjusted
}
