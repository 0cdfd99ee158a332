import {requireFraction} from '../measurement.js'
import {incompleteBeta} from './incomplete-beta.js'

/**
 * The x with probability p below it under Beta(a, b), a and b above 0, by halving: exact to the last bits.
 * @example betaQuantile(0.5, 2, 2) // 0.5
 */
export function betaQuantile(p: number, a: number, b: number): number {
  requireFraction(p, 'p')
  let [low, high] = [0, 1]
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
    if (incompleteBeta(middle, a, b) < p) low = middle
    else high = middle
  }
  return high
}
