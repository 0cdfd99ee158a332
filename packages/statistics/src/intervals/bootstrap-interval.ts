import {type Measurement, sample, requireFraction} from '../measurement.js'
import {
  atOnce,
  bootstrapMeans,
  type BootstrapOptions,
  bootstrapSteps,
  DEFAULT_RESAMPLES,
  type Replicates,
} from './bootstrap.js'
import {clusterTotals} from './clusters.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'
import {mean} from '../inference/moments.js'
import {bcaBounds, expandedConfidence, percentileBounds} from './replicate-bounds.js'

/** `percentile` unless told, widened for few units (`expandedConfidence`); `bca` corrects for bias and skew and needs one more statistic a unit. */
export interface BootstrapIntervalOptions extends BootstrapOptions {
  method?: 'percentile' | 'bca'
}

/**
 * Bootstrap interval of a mean of independent samples. `meanInterval` covers better for n near 30; this one is free of any shape.
 * @example bootstrapMeanInterval([0.5, 0.5], {seed: 1}).high // 0.5
 */
export function bootstrapMeanInterval(values: readonly Measurement[], options: BootstrapIntervalOptions): Estimate {
  const kept = sample(values, 'values')
  const estimate = kept.measured > 0 ? mean(kept.values) : undefined
  const enough = kept.measured > 1
  const replicates = {
    values: enough ? bootstrapMeans(kept.values, options).sort() : new Float64Array(),
    undefinedResamples: 0,
  }
  const jackknife = (centre: number) => kept.values.map(value => (centre * kept.measured - value) / (kept.measured - 1))
  return {
    ...intervalOf(replicates, estimate, kept.measured, options, jackknife),
    measured: kept.measured,
    unmeasured: kept.unmeasured,
  }
}

/**
 * Percentile interval of a mean by drawing whole clusters. With few clusters it is coarse: with the 5 channels of a benchmark a
 * nominal 95 % interval covered the truth in 81–84 % of simulated runs. Show it beside `clusterMeanInterval`, not instead.
 */
export function clusterBootstrapInterval(
  values: readonly Measurement[],
  clusters: readonly string[],
  options: BootstrapOptions,
): Estimate {
  const {sums, sizes, measured, unmeasured} = clusterTotals(values, clusters)
  const totals = Array.from(sums, (sum, g) => ({sum, size: sizes[g] ?? 0}))
  return {
    ...bootstrapInterval(totals, meanOfTotals, options),
    method: 'cluster-percentile',
    clusters: totals.length,
    measured,
    unmeasured,
  }
}

/**
 * Bootstrap interval of any statistic of independent units: rated items for an agreement, queries for a ratio.
 * @param statistic undefined where it does not exist; such resamples are counted and left out.
 */
export function bootstrapInterval<T extends object | number>(
  units: readonly T[],
  statistic: (sample: readonly T[]) => Measurement,
  options: BootstrapIntervalOptions,
): Estimate {
  return atOnce(bootstrapIntervalSteps(units, statistic, options))
}

/** The same, resample by resample: for statistics that take long. */
export function* bootstrapIntervalSteps<T extends object | number>(
  units: readonly T[],
  statistic: (sample: readonly T[]) => Measurement,
  options: BootstrapIntervalOptions,
): Generator<undefined, Estimate> {
  const estimate = units.length > 0 ? statistic(units) : undefined
  const known = units.length > 1 && estimate !== undefined
  const replicates = known
    ? yield* bootstrapSteps(units, statistic, options)
    : {values: new Float64Array(), undefinedResamples: 0}
  const jackknife = () => leaveOneOut(units, statistic)
  return {...intervalOf(replicates, estimate, units.length, options, jackknife), measured: units.length, unmeasured: 0}
}

function intervalOf(
  {values, undefinedResamples}: Replicates,
  estimate: Measurement,
  units: number,
  options: BootstrapIntervalOptions,
  jackknife: (estimate: number) => Float64Array,
): Omit<Estimate, 'measured' | 'unmeasured'> {
  const {seed, resamples = DEFAULT_RESAMPLES, confidence = DEFAULT_CONFIDENCE, method = 'percentile'} = options
  requireFraction(confidence, 'confidence')
  const settings = {confidence, method, seed, resamples, undefinedResamples}
  if (values.length === 0 || estimate === undefined) return {estimate, low: undefined, high: undefined, ...settings}
  const bounds =
    method === 'bca'
      ? bcaBounds(values, estimate, jackknife(estimate), confidence)
      : percentileBounds(values, expandedConfidence(units, confidence))
  return {estimate, ...bounds, ...settings}
}

function leaveOneOut<T>(units: readonly T[], statistic: (sample: readonly T[]) => Measurement): Float64Array {
  const values = units.map((_, left) => statistic(units.toSpliced(left, 1)))
  return Float64Array.from(values.filter(value => value !== undefined))
}

function meanOfTotals(totals: readonly {sum: number; size: number}[]): number {
  let [sum, size] = [0, 0]
  for (const cluster of totals) {
    sum += cluster.sum
    size += cluster.size
  }
  return sum / size
}
