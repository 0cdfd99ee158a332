import {requireSome} from '../measurement.js'

/**
 * Arithmetic mean, taken from the first value so that equal values have exactly that mean and a variance of exactly 0.
 * @throws RangeError for no values: the mean of nothing is unmeasured, not 0.
 */
export function mean(values: ArrayLike<number>): number {
  requireSome(values, 'values')
  const first = values[0] ?? 0
  let sum = 0
  for (let i = 1; i < values.length; i++) sum += (values[i] ?? 0) - first
  return first + sum / values.length
}

/**
 * Unbiased variance (divisor n − 1). @throws RangeError for fewer than two values.
 * @example sampleVariance([1, 2, 3, 4]) // 1.667
 */
export function sampleVariance(values: ArrayLike<number>): number {
  if (values.length < 2) throw new RangeError(`values has ${values.length} elements: a variance needs two`)
  const centre = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += ((values[i] ?? 0) - centre) ** 2
  return sum / (values.length - 1)
}

export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(sampleVariance(values))
}
