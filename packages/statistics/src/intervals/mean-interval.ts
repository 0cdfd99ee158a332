import {mean, standardDeviation} from '../inference/moments.js'
import {type Measurement, sample} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate, type Spread, studentInterval} from './interval.js'

/**
 * Student-t interval of a mean of independent samples, the default for scores. Simulated with six distributions (normal, skewed,
 * judge steps, pass or fail, latencies; bench/interval-coverage.ts) it covered the truth in 93.1–94.8 % at n = 30 and
 * 94.0–95.4 % at n = 150, where percentile and BCa bootstraps covered 91.5–96.2 % and 94.2–95.5 %.
 * @example meanInterval([1, 2, 3, 4]).low // 0.446
 * @example meanInterval([1, 1]).low // undefined
 */
export function meanInterval(values: readonly Measurement[], confidence = DEFAULT_CONFIDENCE): Estimate {
  const kept = sample(values, 'values')
  const estimate = kept.measured > 0 ? mean(kept.values) : undefined
  return {...studentInterval(kept, estimate, spreadOf(kept.values), confidence), method: 'student-t'}
}

function spreadOf(values: Float64Array): Spread {
  const n = values.length
  return {standardError: n < 2 ? undefined : standardDeviation(values) / Math.sqrt(n), degreesOfFreedom: n - 1}
}
