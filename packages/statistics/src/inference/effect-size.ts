import {requireAllFinite, requireSome} from '../measurement.js'
import {countBelow} from './places.js'

export interface ChangeShares {
  improved: number
  worsened: number
  unchanged: number
}

/**
 * Cliff's delta (1993): P(x > y) − P(x < y) for a value of each group, −1 … 1, 0 when neither tends to be higher.
 * It looks at the groups as wholes; for paired samples see also `changeShares`.
 * @example cliffsDelta([2, 3], [1, 2]) // 0.75
 */
export function cliffsDelta(xs: readonly number[], ys: readonly number[]): number {
  requireSome(xs, 'xs')
  requireSome(ys, 'ys')
  requireAllFinite(xs, 'xs')
  requireAllFinite(ys, 'ys')
  const sorted = Float64Array.from(ys).sort()
  const dominance = xs.reduce(
    (sum, x) => sum + countBelow(sorted, x) - (sorted.length - countBelow(sorted, x, true)),
    0,
  )
  return dominance / (xs.length * ys.length)
}

/** Shares of paired differences above, below and at zero; a change of at most `tolerance` is none. */
export function changeShares(differences: readonly number[], tolerance = 0): ChangeShares {
  requireSome(differences, 'differences')
  requireAllFinite(differences, 'differences')
  const share = (matches: (difference: number) => boolean) => differences.filter(matches).length / differences.length
  return {
    improved: share(difference => difference > tolerance),
    worsened: share(difference => difference < -tolerance),
    unchanged: share(difference => Math.abs(difference) <= tolerance),
  }
}
