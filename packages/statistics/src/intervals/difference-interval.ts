import {normalCdf} from '../distribution/normal.js'
import {studentCdf} from '../distribution/student-t.js'
import {type Measurement, requireFraction} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'
import {type MeanSpread, meanSpread, reachOf} from './mean-spread.js'

export interface DifferenceOptions {
  /** Of each difference, such as its channel; without it differences are taken as independent. */
  clusters?: readonly string[]
  /** 0.95 unless told. */
  confidence?: number
  /** How large a difference may be that was not seen yet; for scores the standard deviation of any score from 0 to 1 alike. */
  unseen?: number
}

export interface DifferenceTest {
  /** Two-sided; undefined for a single difference or cluster. */
  p: Measurement
  clusters: number
}

/** Standard deviation of the uniform distribution on 0 … 1. */
const UNIFORM_DEVIATION = Math.sqrt(1 / 12)

/**
 * Interval of a mean of paired differences: the wider of Student's t over clusters (CV3, Satterthwaite) and the normal one over the
 * floor of `meanSpread`, into which one more difference enters: as large as the largest, with the other sign. So few equal
 * differences are no certainty, whatever their unit.
 * @returns without bounds for a single difference or cluster
 * @example differenceInterval([-0.05, -0.05]).high // 0.048
 */
export function differenceInterval(values: readonly Measurement[], options: DifferenceOptions = {}): Estimate {
  const {confidence = DEFAULT_CONFIDENCE} = options
  requireFraction(confidence, 'confidence')
  const spread = differenceSpread(values, options)
  const settings = {confidence, method: 'floored-t'} as const
  if (spread === undefined)
    return {estimate: undefined, low: undefined, high: undefined, ...settings, measured: 0, unmeasured: values.length}
  const reach = reachOf(spread, confidence)
  const {mean, measured, unmeasured, clusters, standardError} = spread
  return {
    estimate: mean,
    low: reach === undefined ? undefined : mean - reach,
    high: reach === undefined ? undefined : mean + reach,
    ...settings,
    standardError,
    measured,
    unmeasured,
    ...(clusters !== undefined && {clusters}),
  }
}

/**
 * Test of a mean difference of zero that always agrees with `differenceInterval`: the larger of the p values of its two parts.
 * False alarms stay below 6 % in every cell of bench/comparison-rates.ts, where Student's t alone gives up to 40 % with two
 * channels and scores in steps: their means are too often equal.
 * @example differenceTest([-0.05, -0.05], {clusters: ['a', 'b']}).p // 0.3173
 */
export function differenceTest(values: readonly Measurement[], options: DifferenceOptions = {}): DifferenceTest {
  const spread = differenceSpread(values, options)
  return {p: spread && twoSided(spread), clusters: spread?.clusters ?? spread?.measured ?? 0}
}

/**
 * Whether a mean difference is shown to be smaller than a margin: two one-sided tests (Schuirmann 1987) by the interval, with one
 * more difference of the size `unseen`. Differences that are all equal or 0 show it only when there are enough of them: 29 for
 * a margin of 0.02, since a large one among so few could have been missed. A change of the whole scale in one pair of fifty
 * takes 149 to rule out.
 * @example isWithinMargin(Array(28).fill(0), 0.02) // false
 * @example isWithinMargin(Array(29).fill(0), 0.02) // true
 */
export function isWithinMargin(
  values: readonly Measurement[],
  margin: number,
  options: DifferenceOptions = {},
): boolean {
  const {clusters, confidence = DEFAULT_CONFIDENCE, unseen = UNIFORM_DEVIATION} = options
  requireFraction(confidence, 'confidence')
  const spread = meanSpread(values, clusters, () => unseen ** 2)
  const reach = spread && reachOf(spread, confidence)
  return reach !== undefined && Math.abs(spread?.mean ?? 0) + reach <= margin
}

/** What interval and test rest on. */
export function differenceSpread(
  values: readonly Measurement[],
  {clusters, unseen = UNIFORM_DEVIATION}: DifferenceOptions,
): MeanSpread | undefined {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
  return meanSpread(values, clusters, mean => (largest === 0 ? unseen : Math.abs(mean) + largest) ** 2)
}

function twoSided({mean, standardError, degreesOfFreedom, floor}: MeanSpread): Measurement {
  if (standardError === undefined) return undefined
  if (mean === 0) return 1
  const distance = -Math.abs(mean)
  const student = standardError === 0 ? 0 : 2 * studentCdf(distance / standardError, degreesOfFreedom)
  const normal = floor === 0 ? 0 : 2 * normalCdf(distance / floor)
  return Math.max(student, normal)
}
