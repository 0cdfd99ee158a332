import {normalQuantile} from '../distribution/normal.js'
import {studentQuantile} from '../distribution/student-t.js'
import {mean} from '../inference/moments.js'
import type {Measurement} from '../measurement.js'
import {clusterSpread} from './cluster-interval.js'
import {clusterTotals, type ClusterTotals} from './clusters.js'
import type {Spread} from './interval.js'

/**
 * Share of a score's variance that lies between clusters, assumed until the data show more: a little above the largest of the
 * grid by which the intervals were chosen (MADR-EP23-014). Two to five clusters cannot show that it is smaller.
 */
export const ASSUMED_BETWEEN = 0.35

/** Two standard errors of one mean: as the samples show it, and the least that is believed. */
export interface MeanSpread extends Spread {
  mean: number
  measured: number
  unmeasured: number
  /** Undefined where samples are taken as independent. */
  clusters: number | undefined
  /**
   * Least standard error: root of s̃² · d / n, where s̃² is the variance with one more observation of the greatest possible variance
   * (so that equal values are no certainty), and d = 1 + (m − 1) · `ASSUMED_BETWEEN` the design effect (Kish 1965) of clusters of
   * m = Σ size² / n samples. 1 for independent samples.
   */
  floor: number
  designEffect: number
  /** Of single values: between clusters (0 where none shows, or without clusters) and within them. */
  between: number
  within: number
  /** Of the observation that the floor adds. */
  added: number
  /** False when all values are equal: then their variance was not measured at all. */
  varies: boolean
}

/**
 * @param clusters of each value; undefined where samples are independent
 * @param greatestVariance that one value can have, given the mean
 * @returns undefined when nothing was measured
 */
export function meanSpread(
  values: readonly Measurement[],
  clusters: readonly string[] | undefined,
  greatestVariance: (mean: number) => number,
): MeanSpread | undefined {
  const totals = clusterTotals(values, clusters)
  const {measured, unmeasured, sizes} = totals
  if (measured === 0) return undefined
  const centre = mean(totals.values)
  const designEffect = designEffectOf(totals)
  const squares = totals.values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  const variance = (squares + greatestVariance(centre)) / measured
  const spread = clusterSpread(totals)
  return {
    ...spread,
    ...components(totals, squares, spread),
    varies: totals.values.some(value => value !== totals.values[0]),
    mean: centre,
    measured,
    unmeasured,
    clusters: clusters && sizes.length,
    added: greatestVariance(centre),
    floor: Math.sqrt((variance * designEffect) / measured),
    designEffect,
  }
}

/** By analysis of variance: what clusters' means differ by beyond what their samples' own spread explains. */
function components({values, sizes, sums}: ClusterTotals, squares: number, {standardError = 0}: Spread) {
  const [n, clusters] = [values.length, sizes.length]
  if (clusters === n) return {between: 0, within: squares / Math.max(1, n - 1)}
  const centre = mean(values)
  const explained = sums.reduce((sum, each, g) => sum + (sizes[g] ?? 0) * (each / (sizes[g] ?? 1) - centre) ** 2, 0)
  const within = Math.max(0, squares - explained) / (n - clusters)
  return {between: Math.max(0, clusters * standardError ** 2 - (within * clusters) / n), within}
}

function designEffectOf({sizes, measured}: ClusterTotals): number {
  const size = sizes.reduce((sum, each) => sum + each ** 2, 0) / measured
  return 1 + (size - 1) * ASSUMED_BETWEEN
}

/**
 * Half the width of a two-sided interval: the wider of Student's t over clusters and of the normal one over the floor. Undefined
 * with a single cluster or value, which show no spread.
 */
export function reachOf({standardError, degreesOfFreedom, floor}: MeanSpread, confidence: number): Measurement {
  if (standardError === undefined) return undefined
  const p = (1 + confidence) / 2
  return Math.max(studentQuantile(p, degreesOfFreedom) * standardError, normalQuantile(p) * floor)
}
