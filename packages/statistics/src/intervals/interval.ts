import {studentQuantile} from '../distribution/student-t.js'
import {type Sample, type Measurement, requireFraction} from '../measurement.js'

export type IntervalMethod =
  | 'student-t'
  | 'cluster-t'
  | 'percentile'
  | 'bca'
  | 'cluster-percentile'
  | 'order-statistics'
  | 'francisco-fuller'
  | 'korn-graubard'
  | 'floored-t'

/** An estimate with its confidence interval, and what it rests on. */
export interface Estimate {
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
  /** Of the estimate, for the two t intervals. */
  standardError?: Measurement
  /** Number of clusters, where samples of one cluster are taken as correlated. */
  clusters?: number
  /** Bootstrap only: with the same data these give the same interval again. */
  resamples?: number
  seed?: number
  /** Resamples on which the statistic does not exist (such as one category only), which were left out. */
  undefinedResamples?: number
}

/** What an estimate of a mean is worth; no standard error where too little was measured. */
export interface Spread {
  standardError: Measurement
  degreesOfFreedom: number
}

export const DEFAULT_CONFIDENCE = 0.95

/** Student-t interval around a known standard error. Without one, or where nothing varies, the estimate stands alone. */
export function studentInterval(
  {measured, unmeasured}: Pick<Sample, 'measured' | 'unmeasured'>,
  estimate: Measurement,
  {standardError, degreesOfFreedom}: Spread,
  confidence: number,
): Omit<Estimate, 'method'> {
  requireFraction(confidence, 'confidence')
  const counts = {confidence, standardError, measured, unmeasured}
  if (estimate === undefined || standardError === undefined || standardError === 0)
    return {estimate, low: undefined, high: undefined, ...counts}
  const margin = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError
  return {estimate, low: estimate - margin, high: estimate + margin, ...counts}
}
