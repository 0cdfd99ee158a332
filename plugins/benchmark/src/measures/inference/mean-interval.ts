import {studentQuantile} from '../distribution/student-t.js'
import {type Measurement, onlyMeasured, requireFraction} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Interval, symmetricInterval} from './interval.js'
import {mean, standardDeviation} from './moments.js'

/**
 * Student-t interval of a mean of independent samples, the default for scores. Simulated with six distributions (normal, skewed,
 * judge steps, pass or fail, latencies; bench/interval-coverage.ts) it covered the truth in 93.1–94.8 % at n = 30 and
 * 94.0–95.4 % at n = 150, where percentile and BCa bootstraps covered 91.5–96.2 % and 94.2–95.5 %.
 */
export function meanInterval(values: readonly Measurement[], confidence = DEFAULT_CONFIDENCE): Interval {
  requireFraction(confidence, 'confidence')
  const kept = onlyMeasured(values, 'values')
  const estimate = kept.measured > 0 ? mean(kept.values) : undefined
  return symmetricInterval(kept, {estimate, margin: margin(kept.values, confidence), confidence, method: 'student-t'})
}

function margin(values: Float64Array, confidence: number): Measurement {
  const n = values.length
  if (n < 2) return undefined
  return (studentQuantile((1 + confidence) / 2, n - 1) * standardDeviation(values)) / Math.sqrt(n)
}
