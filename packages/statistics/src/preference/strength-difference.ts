import {studentCdf, studentQuantile} from '../distribution/student-t.js'
import {holmAdjust} from '../inference/holm.js'
import {DEFAULT_CONFIDENCE, type Estimate, studentInterval} from '../intervals/interval.js'
import type {BradleyTerry} from './bradley-terry.js'
import type {NumberMatrix} from './matrix.js'

/** One of two that were compared, against the other. */
export interface StrengthDifference {
  a: string
  b: string
  /** β_a − β_b. */
  difference: Estimate
  /** P(a is preferred to b), with the bounds of the difference. */
  probability: {estimate: number; low: number | undefined; high: number | undefined}
  /** That both are equally strong; Holm's over all pairs. Undefined for a single cluster. */
  p: number | undefined
}

/**
 * Every pair of a Bradley–Terry fit with Student's interval over clusters (G − 1 degrees of freedom). There is none for a single
 * strength: it depends on where zero is put. Where that of independent comparisons is wider, it is that one: clusters that all
 * say the same have a standard error of 0, however few they are.
 * @example strengthDifferences(bradleyTerry([{a: 'x', b: 'y', score: 1}, {a: 'x', b: 'y', score: 0.5}, {a: 'x', b: 'y', score: 0}]))[0].probability.estimate // 0.5
 */
export function strengthDifferences(fit: BradleyTerry, confidence = DEFAULT_CONFIDENCE): StrengthDifference[] {
  const pairs = fit.names.flatMap((a, i) =>
    fit.names.slice(i + 1).map((b, j) => differenceOf(fit, i, i + 1 + j, {a, b, confidence})),
  )
  const known = pairs.flatMap(({p}) => (p === undefined ? [] : [p]))
  const adjusted = holmAdjust(known)
  let next = 0
  return pairs.map(pair => (pair.p === undefined ? pair : {...pair, p: adjusted[next++]}))
}

function differenceOf(
  {strengths, covariance, independentCovariance, comparisons, clusters, augmented}: BradleyTerry,
  i: number,
  j: number,
  {a, b, confidence}: {a: string; b: string; confidence: number},
): StrengthDifference {
  const estimate = (strengths[i] ?? 0) - (strengths[j] ?? 0)
  const overClusters = {variance: varianceOf(covariance, i, j), degreesOfFreedom: Math.max(1, clusters - 1)}
  const alone = {variance: varianceOf(independentCovariance, i, j), degreesOfFreedom: Math.max(1, comparisons - 1)}
  const reach = ({variance, degreesOfFreedom: df}: typeof alone) =>
    studentQuantile((1 + confidence) / 2, df) ** 2 * variance
  const {variance, degreesOfFreedom} = reach(overClusters) > reach(alone) ? overClusters : alone
  const standardError = clusters > 1 || augmented ? Math.sqrt(Math.max(0, variance)) : undefined
  const counts = {measured: comparisons, unmeasured: 0}
  const interval = studentInterval(counts, estimate, {standardError, degreesOfFreedom}, confidence)
  return {
    a,
    b,
    difference: {...interval, method: 'cluster-t', clusters},
    probability: {
      estimate: logistic(estimate),
      low: interval.low === undefined ? undefined : logistic(interval.low),
      high: interval.high === undefined ? undefined : logistic(interval.high),
    },
    p:
      standardError === undefined || standardError === 0
        ? undefined
        : 2 * studentCdf(-Math.abs(estimate / standardError), degreesOfFreedom),
  }
}

/** Of the difference of two strengths. */
function varianceOf(covariance: NumberMatrix, i: number, j: number): number {
  const at = (row: number, column: number): number => covariance[row]?.[column] ?? 0
  return at(i, i) + at(j, j) - 2 * at(i, j)
}

function logistic(difference: number): number {
  return 1 / (1 + Math.exp(-difference))
}
