import {type BootstrapIntervalOptions, bootstrapIntervalSteps} from '../intervals/bootstrap-interval.js'
import {atOnce} from '../intervals/bootstrap.js'
import type {Estimate} from '../intervals/interval.js'
import {pairMeasured} from '../inference/pairs.js'
import type {Measurement} from '../measurement.js'

interface Pair {
  x: number
  y: number
}

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
  return atOnce(pairIntervalSteps(xs, ys, statistic, options))
}

/** The same, resample by resample: a rank statistic of thousands of units takes seconds. */
export function* pairIntervalSteps(
  xs: readonly Measurement[],
  ys: readonly Measurement[],
  statistic: PairStatistic,
  options: BootstrapIntervalOptions,
): Generator<undefined, Estimate> {
  const {before, after, dropped} = pairMeasured(xs, ys)
  const units = before.map((x, i): Pair => ({x, y: after[i] ?? 0}))
  const ofSample = (sample: readonly Pair[]) =>
    statistic(
      sample.map(({x}) => x),
      sample.map(({y}) => y),
    )
  return {...(yield* bootstrapIntervalSteps(units, ofSample, options)), unmeasured: dropped}
}
