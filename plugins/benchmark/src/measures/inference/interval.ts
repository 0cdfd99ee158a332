import type {MeasuredValues, Measurement} from '../measurement.js'

export type IntervalMethod =
  | 'student-t'
  | 'cluster-t'
  | 'percentile'
  | 'bca'
  | 'cluster-percentile'
  | 'order-statistics'

/** An estimate with its confidence interval, and what it rests on. */
export interface Interval {
  /** Undefined when nothing was measured. */
  estimate: Measurement
  /** Undefined when too little was measured to bound it on that side. */
  low: Measurement
  high: Measurement
  /** The nominal coverage, 0.95 by default. */
  confidence: number
  method: IntervalMethod
  measured: number
  unmeasured: number
  /** Number of clusters, where samples of one cluster are taken as correlated. */
  clusters?: number
  /** Bootstrap only: with the same data these give the same interval again. */
  resamples?: number
  seed?: number
  /** Resamples on which the statistic does not exist (such as one category only), which were left out. */
  undefinedResamples?: number
}

export const DEFAULT_CONFIDENCE = 0.95

/** The interval around a known standard error; without one the estimate stands alone. */
export function symmetricInterval(
  {measured, unmeasured}: Pick<MeasuredValues, 'measured' | 'unmeasured'>,
  {
    estimate,
    margin,
    confidence,
    method,
  }: {
    estimate: Measurement
    margin: Measurement
    confidence: number
    method: IntervalMethod
  },
): Interval {
  const [low, high] =
    estimate === undefined || margin === undefined ? [undefined, undefined] : [estimate - margin, estimate + margin]
  return {estimate, low, high, confidence, method, measured, unmeasured}
}
