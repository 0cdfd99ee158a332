import {betaQuantile} from '../distribution/beta.js'
import {normalQuantile} from '../distribution/normal.js'
import {type Measurement, requireFraction} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'
import {type MeanSpread, meanSpread, reachOf} from './mean-spread.js'

export interface ScoreIntervalOptions {
  /** Of each value, such as its channel; without it samples are taken as independent. */
  clusters?: readonly string[]
  /** 0.95 unless told. */
  confidence?: number
}

/**
 * Interval of the mean of scores from 0 to 1: Clopper and Pearson's (1934) exact binomial interval at the effective sample size
 * n* = p(1 − p) / V, as Korn and Graubard (1998) do for survey shares, where V makes the wider of two intervals: Student's t over
 * clusters (CV3, Satterthwaite) and the floor of `meanSpread`. It stays within 0 … 1 and never collapses: two scores of 1 give
 * 0.16 … 1. With clusters it is about the mean over *all such clusters*, not these alone; a single one bounds nothing.
 *
 * In every cell of bench/interval-coverage.ts (2 to 10 channels, 2 to 30 days, up to 30 % of the variance between channels, six
 * kinds of scores) it covers the truth in at least 94 % and lies wholly above it in at most 3 %.
 * @returns without bounds for a single value or cluster; without an estimate when nothing was measured
 * @throws RangeError for a score outside 0 … 1
 * @example scoreInterval([1, 1]).low // 0.1581
 * @example scoreInterval([1, 1, 0.9, 1], {clusters: ['a', 'a', 'b', 'b']}).low // 0.0166
 */
export function scoreInterval(values: readonly Measurement[], options: ScoreIntervalOptions = {}): Estimate {
  const {clusters, confidence = DEFAULT_CONFIDENCE} = options
  requireFraction(confidence, 'confidence')
  for (const [i, value] of values.entries()) requireScore(value, `values[${i}]`)
  const spread = scoreSpread(values, clusters)
  const method = 'korn-graubard'
  if (spread === undefined)
    return {
      estimate: undefined,
      low: undefined,
      high: undefined,
      confidence,
      method,
      measured: 0,
      unmeasured: values.length,
    }
  return {
    estimate: spread.mean,
    ...scoreBounds(spread, confidence),
    confidence,
    method,
    standardError: spread.standardError,
    measured: spread.measured,
    unmeasured: spread.unmeasured,
    ...(spread.clusters !== undefined && {clusters: spread.clusters}),
  }
}

/** What it rests on. */
export function scoreSpread(values: readonly Measurement[], clusters?: readonly string[]): MeanSpread | undefined {
  return meanSpread(values, clusters, greatestVariance)
}

/** The bounds for a spread that is known, such as one that is planned. */
export function scoreBounds(spread: MeanSpread, confidence: number): Pick<Estimate, 'low' | 'high'> {
  const reach = reachOf(spread, confidence)
  if (reach === undefined) return {low: undefined, high: undefined}
  const {mean: p, measured, designEffect, varies} = spread
  // Equal scores show no variance: the greatest one is assumed.
  const size = varies
    ? greatestVariance(p) * (normalQuantile((1 + confidence) / 2) / reach) ** 2
    : measured / designEffect
  const [passed, failed] = [p * size, (1 - p) * size]
  const tail = (1 - confidence) / 2
  return {
    low: passed > 0 ? betaQuantile(tail, passed, failed + 1) : 0,
    high: failed > 0 ? betaQuantile(1 - tail, passed + 1, failed) : 1,
  }
}

function greatestVariance(mean: number): number {
  return mean * (1 - mean)
}

function requireScore(value: Measurement, name: string): void {
  if (value !== undefined && !(value >= 0 && value <= 1))
    throw new RangeError(`${name} is ${value}: a score lies between 0 and 1; pass undefined for what was not measured`)
}
