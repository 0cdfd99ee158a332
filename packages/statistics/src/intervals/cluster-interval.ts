import {mean} from '../inference/moments.js'
import type {Measurement} from '../measurement.js'
import {type ClusterTotals, clusterTotals} from './clusters.js'
import {DEFAULT_CONFIDENCE, type Estimate, type Spread, studentInterval} from './interval.js'

/**
 * Interval of a mean whose samples are correlated within clusters (samples of one channel; Miller 2024, arXiv 2411.00640):
 * jackknife standard error over clusters (CV3, Bell and McCaffrey 2002) and Student-t with Satterthwaite's degrees of freedom.
 * Simulated with 5 to 30 clusters, equal and very uneven (bench/interval-coverage.ts), it covered the truth in 94.4–97.3 %,
 * against 81–84 % of the cluster bootstrap with 5 clusters and down to 29 % when clusters are ignored. Few clusters make it
 * wide: that is the truth about them.
 * @example clusterMeanInterval([1, 2, 3, 4], ['a', 'a', 'b', 'b']).standardError // 1
 */
export function clusterMeanInterval(
  values: readonly Measurement[],
  clusters: readonly string[],
  confidence = DEFAULT_CONFIDENCE,
): Estimate {
  const totals = clusterTotals(values, clusters)
  const estimate = totals.measured > 0 ? mean(totals.values) : undefined
  const interval = studentInterval(totals, estimate, clusterSpread(totals), confidence)
  return {...interval, method: 'cluster-t', clusters: totals.sums.length}
}

/** Standard error and degrees of freedom of a mean over clusters; no standard error for a single one. */
export function clusterSpread({sums, sizes, values}: ClusterTotals): Spread {
  const clusters = sums.length
  if (clusters < 2) return {standardError: undefined, degreesOfFreedom: 0}
  const n = values.length
  const centre = mean(values)
  const withoutOne = sums.map((sum, g) => (centre * n - sum) / (n - (sizes[g] ?? 0)))
  const variance = withoutOne.reduce((sum, value) => sum + (value - centre) ** 2, 0) * ((clusters - 1) / clusters)
  return {standardError: Math.sqrt(variance), degreesOfFreedom: degreesOfFreedom(sizes, n)}
}

/** Satterthwaite's, for independent samples of equal variance: clusters − 1 when all are equally large, fewer otherwise. */
function degreesOfFreedom(sizes: Float64Array, n: number): number {
  const odds = sizes.map(size => size / (n - size))
  const power = (exponent: number) => odds.reduce((sum, value) => sum + value ** exponent, 0)
  return power(1) ** 2 / (power(2) + power(2) ** 2 - power(4))
}
