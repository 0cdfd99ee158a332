import {requireFraction} from '../measurement.js'
import {incompleteBeta} from './incomplete-beta.js'

/** Distribution function of Student's t with `df` degrees of freedom (df > 0, not necessarily whole). */
export function studentCdf(t: number, df: number): number {
  const tail = incompleteBeta(df / (df + t ** 2), df / 2, 0.5) / 2
  return t < 0 ? tail : 1 - tail
}

/**
 * The t with probability p below it, by bisection: exact to the last bits, and asked for once per interval.
 * @example studentQuantile(0.975, 4) // 2.776
 */
export function studentQuantile(p: number, df: number): number {
  requireFraction(p, 'p')
  if (p < 0.5) return -studentQuantile(1 - p, df)
  let [low, high] = [0, 1]
  while (studentCdf(high, df) < p) high *= 2
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentCdf(middle, df) < p) low = middle
    else high = middle
  }
  return high
}
