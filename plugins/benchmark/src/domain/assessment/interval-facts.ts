import type {Interval} from '../../measures/index.js'
import type {IntervalFacts} from '../verdict.js'

/** An interval as files hold it. */
export function intervalFacts(interval: Interval): IntervalFacts {
  const {estimate, low, high, confidence, method, measured, unmeasured, clusters} = interval
  return {
    estimate: estimate ?? null,
    low: low ?? null,
    high: high ?? null,
    confidence,
    method,
    measured,
    unmeasured,
    ...(clusters === undefined ? {} : {clusters}),
  }
}

/** A plain number that no sampling stands behind: a share, the worst value. */
export function exactFacts(estimate: number | null, measured: number, unmeasured: number): IntervalFacts {
  return {estimate, low: estimate, high: estimate, confidence: 1, method: 'exact', measured, unmeasured}
}
