import {binomialCdf} from '../distribution/binomial.js'
import {requireCount, requireSameLength} from '../measurement.js'

/** How the pass/fail outcomes of the same samples changed from one run to another. */
export interface OutcomeFlips {
  /** Failed before, passes now. */
  improved: number
  worsened: number
  unchanged: number
  /** Without an outcome in either run. */
  dropped: number
}

export function outcomeFlips(
  before: readonly (boolean | undefined)[],
  after: readonly (boolean | undefined)[],
): OutcomeFlips {
  requireSameLength(before, after, 'before and after')
  const flips: OutcomeFlips = {improved: 0, worsened: 0, unchanged: 0, dropped: 0}
  for (const [i, was] of before.entries()) flips[changeOf(was, after[i])]++
  return flips
}

/**
 * Exact McNemar test, two-sided: whether flips in one direction are more frequent than in the other. 1 when nothing flipped.
 * @throws RangeError for counts that are not whole numbers.
 * @example mcNemarP({improved: 0, worsened: 6}) // 0.03125
 */
export function mcNemarP({improved, worsened}: Pick<OutcomeFlips, 'improved' | 'worsened'>): number {
  requireCount(improved, 'improved', 0)
  requireCount(worsened, 'worsened', 0)
  return Math.min(1, 2 * binomialCdf(Math.min(improved, worsened), improved + worsened, 0.5))
}

function changeOf(was: boolean | undefined, is: boolean | undefined): keyof OutcomeFlips {
  if (was === undefined || is === undefined) return 'dropped'
  if (was === is) return 'unchanged'
  return is ? 'improved' : 'worsened'
}
