import {type BootstrapIntervalOptions, bootstrapIntervalSteps} from '../intervals/bootstrap-interval.js'
import {atOnce} from '../intervals/bootstrap.js'
import type {Estimate} from '../intervals/interval.js'
import {pairMeasured} from '../inference/pairs.js'
import {type Measurement, requireSameLength} from '../measurement.js'

interface Pair {
  x: number
  y: number
}

/** A statistic of two equally long lists, such as `spearman`, `kendallTauB` or a kappa of their confusion table. */
type PairStatistic = (xs: readonly number[], ys: readonly number[]) => Measurement

export interface PairIntervalOptions extends BootstrapIntervalOptions {
  /** One for each unit: those of a cluster are taken as correlated and drawn together. */
  clusters?: readonly string[]
}

/**
 * The statistic over the units that both sides measured, with its bootstrap interval over units or their clusters. `unmeasured`
 * counts the dropped ones.
 */
export function pairInterval(
  xs: readonly Measurement[],
  ys: readonly Measurement[],
  statistic: PairStatistic,
  options: PairIntervalOptions,
): Estimate {
  return atOnce(pairIntervalSteps(xs, ys, statistic, options))
}

/** The same, resample by resample: a rank statistic of thousands of units takes seconds. */
export function* pairIntervalSteps(
  xs: readonly Measurement[],
  ys: readonly Measurement[],
  statistic: PairStatistic,
  {clusters, ...options}: PairIntervalOptions,
): Generator<undefined, Estimate> {
  const {before, after, positions, dropped} = pairMeasured(xs, ys)
  if (clusters) requireSameLength(xs, clusters, 'xs and clusters')
  const units = before.map((x, i): Pair => ({x, y: after[i] ?? 0}))
  const ofUnits = (drawn: readonly Pair[]) =>
    statistic(
      drawn.map(({x}) => x),
      drawn.map(({y}) => y),
    )
  const counts = {measured: units.length, unmeasured: dropped}
  if (!clusters) return {...(yield* bootstrapIntervalSteps(units, ofUnits, options)), ...counts}
  const whole = [...Map.groupBy(units, (_, i) => clusters[positions[i] ?? 0]).values()]
  const interval = yield* bootstrapIntervalSteps(whole, drawn => ofUnits(drawn.flat()), options)
  return {...interval, ...counts, clusters: whole.length}
}
