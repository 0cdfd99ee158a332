import {binomialCdf} from '../distribution/binomial.js'
import {type Measurement, sample, requireFraction} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'
import {sortedQuantile} from '../inference/quantile.js'
import {leastIndex} from './least-index.js'

/**
 * Quantile (type 7) with the order statistics that bound it whatever the distribution: the numbers of values below the true
 * quantile are binomial (David and Nagaraja 2003, 7.1). For latencies; leave cached replies out. Where even the smallest or
 * largest value is no bound (p99 of 150 values has none above) that side is undefined.
 * @example quantileInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5).low // 2
 */
export function quantileInterval(values: readonly Measurement[], p: number, confidence = DEFAULT_CONFIDENCE): Estimate {
  requireFraction(p, 'p')
  requireFraction(confidence, 'confidence')
  const {values: kept, measured, unmeasured} = sample(values, 'values')
  const sorted = kept.sort()
  const tail = (1 - confidence) / 2
  const leastSuccesses = (level: number) => leastIndex(measured, k => binomialCdf(k, measured, p) >= level)
  return {
    estimate: measured > 0 ? sortedQuantile(sorted, p) : undefined,
    low: sorted[leastSuccesses(tail) - 1],
    high: sorted[leastSuccesses(1 - tail)],
    confidence,
    method: 'order-statistics',
    measured,
    unmeasured,
  }
}
