import {incompleteBeta} from './incomplete-beta.js'

/**
 * P(X ≤ k) for the number of successes in n trials that succeed with probability p.
 * @example binomialCdf(1, 2, 0.5) // 0.75
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  return k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1)
}
