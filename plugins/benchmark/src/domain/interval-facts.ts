import {type Estimate} from '@ep23/statistics'

/** An interval as files hold it: null where there is no number. */
export interface IntervalFacts {
  estimate: number | null
  low: number | null
  high: number | null
  confidence: number
  method: string
  measured: number
  unmeasured: number
  clusters?: number
}

/** Where values can lie at all. */
export type Range = readonly [lowest: number, highest: number]

const ANYWHERE: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
export const SCORE_RANGE: Range = [0, 1]
export const SECONDS_RANGE: Range = [0, Number.POSITIVE_INFINITY]

/** An interval as files hold it, cut to where values can lie: a t interval may reach beyond. */
export function intervalFacts(interval: Estimate, [lowest, highest]: Range = ANYWHERE): IntervalFacts {
  const {estimate, low, high, confidence, method, measured, unmeasured, clusters} = interval
  return {
    estimate: estimate ?? null,
    low: low === undefined ? null : Math.max(lowest, low),
    high: high === undefined ? null : Math.min(highest, high),
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
