import {sortedQuantile} from '../inference/quantile.js'
import {type Measurement, sample, requireFraction, requireSameLength} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'
import {leastIndex} from './least-index.js'
import {scoreInterval} from './score-interval.js'

/**
 * Quantile (type 7) of samples that are correlated within clusters, by inverted tests (Francisco and Fuller 1991): the lower end is the
 * largest value below which surely no more than p of all lies, the upper one the smallest up to which surely p lies, where the
 * interval of a share is `scoreInterval`'s. An end that no value bounds is undefined: the smallest of a few is not below a p10.
 * A p10 has a lower end from 13 clusters of 31 values or 15 of 10 on, since at least 35 % of the variance is taken to lie between them.
 *
 * In every cell of bench/quantile-coverage.ts (2 to 30 channels of 2 and 30 days, up to 30 % of the variance between channels, six kinds
 * of scores, p10 and p90) either end lies beyond the true quantile in at most 3 %; with 60 % between 30 channels of 30 days in up to 5 %.
 * @example clusterQuantileInterval([0.91, 0.95, 0.93, 0.97], ['a', 'a', 'b', 'b'], 0.1).low // undefined
 */
export function clusterQuantileInterval(
  values: readonly Measurement[],
  clusters: readonly string[],
  p: number,
  confidence = DEFAULT_CONFIDENCE,
): Estimate {
  requireFraction(p, 'p')
  requireFraction(confidence, 'confidence')
  requireSameLength(values, clusters, 'values and clusters')
  const {values: kept, measured, unmeasured} = sample(values, 'values')
  const sorted = kept.toSorted()
  const shareOf = (counts: (value: number) => boolean): Estimate =>
    scoreInterval(
      values.map(value => (value === undefined ? undefined : Number(counts(value)))),
      {clusters, confidence},
    )
  const mayExceed = (end: number): boolean => (shareOf(value => value < end).high ?? 1) > p
  const surelyReaches = (end: number): boolean => (shareOf(value => value <= end).low ?? 0) >= p
  return {
    estimate: measured > 0 ? sortedQuantile(sorted, p) : undefined,
    low: sorted[leastIndex(measured, index => mayExceed(sorted[index] as number)) - 1],
    high: sorted[leastIndex(measured, index => surelyReaches(sorted[index] as number))],
    confidence,
    method: 'francisco-fuller',
    measured,
    unmeasured,
    clusters: new Set(clusters.filter((_, index) => values[index] !== undefined)).size,
  }
}
