import {studentCdf, studentQuantile} from '../distribution/student-t.js'
import {clusterSpread} from '../intervals/cluster-interval.js'
import {clusterTotals} from '../intervals/clusters.js'
import type {Spread} from '../intervals/interval.js'
import type {Measurement} from '../measurement.js'
import {mean} from './moments.js'

export interface ClusterTest {
  /** Two-sided; undefined for fewer than two clusters. */
  p: Measurement
  clusters: number
  /** The mean difference found in 80 % of cases (two-sided, 5 %), before any adjustment. */
  minimumDetectableEffect: Measurement
}

/**
 * Test of a mean difference of zero whose samples are correlated within clusters: t = mean / se with the standard error and the
 * degrees of freedom of `clusterMeanInterval`, so that test and interval always agree. Unlike flipping the signs of whole
 * clusters, which gives 2 / 2⁵ at best, it can find something with five of them; what it asks for that is cluster means that are
 * near normal. Its minimum detectable effect is (t₀.₉₇₅ + t₀.₈) · se, which 2.8 · se is only for many clusters.
 */
export function clusterMeanTest(differences: readonly number[], clusters: readonly string[]): ClusterTest {
  const totals = clusterTotals(differences, clusters)
  const spread = clusterSpread(totals)
  const estimate = totals.measured > 0 ? mean(totals.values) : undefined
  return {
    p: estimate === undefined ? undefined : twoSided(estimate, spread),
    clusters: totals.sums.length,
    minimumDetectableEffect: smallestFound(spread),
  }
}

function twoSided(estimate: number, {standardError, degreesOfFreedom}: Spread): Measurement {
  if (standardError === undefined) return undefined
  if (standardError === 0) return estimate === 0 ? 1 : 0
  return 2 * studentCdf(-Math.abs(estimate / standardError), degreesOfFreedom)
}

function smallestFound({standardError, degreesOfFreedom}: Spread): Measurement {
  if (standardError === undefined) return undefined
  return (studentQuantile(0.975, degreesOfFreedom) + studentQuantile(0.8, degreesOfFreedom)) * standardError
}
