import {bootstrapInterval, type BootstrapIntervalOptions} from '../intervals/bootstrap-interval.js'
import type {Estimate} from '../intervals/interval.js'
import {pairMeasured} from '../inference/pairs.js'
import type {Measurement} from '../measurement.js'

/** A statistic of two equally long lists, such as `spearman`, `kendallTauB` or a kappa of their confusion table. */
type PairStatistic = (xs: readonly number[], ys: readonly number[]) => Measurement

/**
 * The statistic over the units that both sides measured, with its bootstrap interval over units. `unmeasured` counts the
 * dropped ones.
 */
export function pairInterval(
  xs: readonly Measurement[],
  ys: readonly Measurement[],
  statistic: PairStatistic,
  options: BootstrapIntervalOptions,
): Estimate {
  const {before, after, positions, dropped} = pairMeasured(xs, ys)
  const places = [...positions.keys()]
  const ofSample = (sample: readonly number[]) =>
    statistic(
      sample.map(place => before[place]!),
      sample.map(place => after[place]!),
    )
  return {...bootstrapInterval(places, ofSample, options), unmeasured: dropped}
}
