import {logGamma} from '../distribution/log-gamma.js'
import {normalCdf, normalQuantile} from '../distribution/normal.js'
import {studentQuantile} from '../distribution/student-t.js'
import {ASSUMED_BETWEEN, type MeanSpread} from '../intervals/mean-spread.js'
import type {Measurement} from '../measurement.js'

/** How much is measured: independent samples are clusters of one. */
export interface Design {
  clusters: number
  perCluster: number
}

/** Variances of single values. */
export interface Variances {
  between: number
  within: number
  /** Of the observation that the floor adds. */
  added: number
}

/** The probability of what is to be decided, for a mean's standard error and half the width that its interval then has. */
export type Decided = (standardError: number, reach: number) => number

const POWER = 0.8

/**
 * The chance that something is decided with a design: `decided` averaged over what Student's t makes of the estimated variance,
 * which with few clusters differs much from run to run. The half width is that of `scoreInterval` and `differenceInterval`.
 */
export function chanceOf(decided: Decided, variances: Variances, design: Design, confidence: number): number {
  const {between, within, added} = variances
  const {clusters, perCluster} = design
  if (clusters < 2) return 0
  const p = (1 + confidence) / 2
  const samples = clusters * perCluster
  const standardError = Math.sqrt((between + within / perCluster) / clusters)
  const designEffect = 1 + (perCluster - 1) * ASSUMED_BETWEEN
  const floor = normalQuantile(p) * Math.sqrt(((between + within + added / samples) * designEffect) / samples)
  const student = quantileAt(p, clusters - 1) * standardError
  return meanOver(scaleQuantiles(clusters - 1), scale =>
    decided(standardError, Math.max(student * Math.sqrt(scale), floor)),
  )
}

/**
 * The smallest mean difference that a comparison finds in 80 % of cases: with the standard error and the degrees of freedom that
 * decide, and so small a p that Holm's adjustment over `tests` metrics leaves it below 5 %, whatever the others say.
 * @param spread of `differenceSpread`
 * @returns undefined where nothing bounds the mean: a single difference or cluster
 * @example smallestFound(differenceSpread([0.1, -0.1, 0.2, -0.2], {})!, {tests: 4})
 */
export function smallestFound(spread: MeanSpread, {tests = 1, confidence = 0.95} = {}): Measurement {
  const {standardError, clusters, measured} = spread
  if (standardError === undefined) return undefined
  const design = designOf(spread)
  const asked = 1 - (1 - confidence) / tests
  const found = (effect: number): boolean =>
    chanceOf((error, reach) => normalCdf((effect - reach) / error), spread, design, asked) >= POWER
  if (spread.between + spread.within === 0) return normalQuantile((1 + asked) / 2) * spread.floor
  let [low, high] = [0, standardError + Math.sqrt((spread.between + spread.within) / (clusters ?? measured))]
  while (!found(high)) high *= 2
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (found(middle)) high = middle
    else low = middle
  }
  return high
}

export function designOf({clusters, measured}: MeanSpread): Design {
  return clusters === undefined ? {clusters: measured, perCluster: 1} : {clusters, perCluster: measured / clusters}
}

/** Mean of a function over values that are equally probable. */
export function meanOver(values: readonly number[], of: (value: number) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length
}

const QUANTILES = new Map<string, number>()

/** Planning asks for the same few over and over. */
function quantileAt(p: number, df: number): number {
  const key = `${p} ${df}`
  const quantile = QUANTILES.get(key) ?? studentQuantile(p, df)
  QUANTILES.set(key, quantile)
  return quantile
}

const KNOWN = new Map<number, number[]>()
const POINTS = 12

/** Middles of 12 equally probable parts of χ² / df: what an estimated variance is to the true one. */
export function scaleQuantiles(df: number): number[] {
  const known = KNOWN.get(df)
  if (known) return known
  const found = df > 200 ? [1] : integrated(df)
  KNOWN.set(df, found)
  return found
}

/** By adding up the density in steps; its logarithm keeps many degrees of freedom within the range of numbers. */
function integrated(df: number): number[] {
  const [steps, most] = [4000, 1 + 12 / Math.sqrt(df)]
  const constant = (df / 2) * Math.log(df / 2) - logGamma(df / 2)
  const quantiles: number[] = []
  let below = 0
  for (let step = 0; step < steps && quantiles.length < POINTS; step++) {
    const x = ((step + 0.5) / steps) ** 2 * most
    const width = ((2 * (step + 0.5)) / steps ** 2) * most
    below += Math.exp(constant + (df / 2 - 1) * Math.log(x) - (df / 2) * x) * width
    while (quantiles.length < POINTS && below >= (quantiles.length + 0.5) / POINTS) quantiles.push(x)
  }
  return quantiles
}
