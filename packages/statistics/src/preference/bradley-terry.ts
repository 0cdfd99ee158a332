import {requireFinite} from '../measurement.js'
import {addOuter, dot, inverse, type NumberMatrix, times, zeros} from './matrix.js'
import {type PairedPreference, isOrdered} from './comparisons.js'

export interface BradleyTerry {
  /** Ascending. */
  names: readonly string[]
  /** β of each name; their sum is 0, so that only differences mean anything. */
  strengths: readonly number[]
  /** Of the strengths (and of the covariate's slope, last), robust to correlation within clusters. */
  covariance: NumberMatrix
  /** The same with every comparison a cluster of its own: it does not vanish where clusters say the same. */
  independentCovariance: NumberMatrix
  /** What a covariate of 1 adds to β_a − β_b; undefined without covariates. */
  slope: number | undefined
  comparisons: number
  clusters: number
  /**
   * True when somebody was never beaten by the others, so that no finite strengths fit best: half a win each way was added to every pair
   * that met, and the covariance is the wider of the robust and the model's own.
   */
  augmented: boolean
}

interface Row {
  x: readonly number[]
  y: number
  cluster: string
}

const MOST_STEPS = 100
const PRECISION = 1e-12

/**
 * Strengths by which P(a is preferred to b) = 1 / (1 + exp(−(β_a − β_b))), by maximum likelihood (Bradley and Terry 1952), ties as half
 * a win each way. Covariance by the sandwich V = c · H⁻¹ B H⁻¹ with H = Σ p(1−p) x xᵀ and B = Σ_g s_g s_gᵀ, s_g = Σ_{i in g} (y−p) x, over
 * clusters g (Liang and Zeger 1986; Arena's, Chiang et al. 2024, arXiv 2403.04132), c = G / (G − 1).
 * @returns undefined when nothing was compared, or when the names fall into groups that never met: then nothing says which group is better
 * @throws RangeError for a score outside 0 … 1, a thing compared with itself, or covariates on some comparisons only
 * @example bradleyTerry([{a: 'x', b: 'y', score: 1}, {a: 'x', b: 'y', score: 1}, {a: 'x', b: 'y', score: 0}]).strengths[0] // 0.34657
 */
export function bradleyTerry(comparisons: readonly PairedPreference[]): BradleyTerry | undefined {
  for (const [i, comparison] of comparisons.entries()) requireComparison(comparison, i)
  const names = [...new Set(comparisons.flatMap(({a, b}) => [a, b]))].toSorted()
  const hasCovariate = comparisons[0]?.covariate !== undefined
  if (comparisons.some(({covariate}) => (covariate !== undefined) !== hasCovariate))
    throw new RangeError('covariate is given for some comparisons only: give it for all or for none')
  const met = isOrdered(names, comparisons)
  if (names.length === 0 || met === 'apart') return undefined
  const rows = comparisons.map((comparison, i) => rowOf(comparison, i, names))
  const augmented = met === 'unbeaten'
  const fitted = augmented ? [...rows, ...halfWins(comparisons, names)] : rows
  const theta = maximise(fitted, names.length)
  const bread = theta && inverse(information(fitted, theta, names.length))
  if (theta === undefined || bread === undefined) return undefined
  const robustBy = (clustered: readonly Row[]): NumberMatrix => {
    const robust = sandwich(bread, clustered, theta)
    return augmented ? wider(robust, bread, names.length) : robust
  }
  return {
    names,
    strengths: theta.slice(0, names.length),
    covariance: robustBy(rows),
    independentCovariance: robustBy(rows.map((row, i) => ({...row, cluster: `${i}`}))),
    slope: hasCovariate ? theta[names.length] : undefined,
    comparisons: comparisons.length,
    clusters: new Set(rows.map(({cluster}) => cluster)).size,
    augmented,
  }
}

function requireComparison({a, b, score, covariate = 0}: PairedPreference, i: number): void {
  if (a === b) throw new RangeError(`comparisons[${i}] compares ${a} with itself`)
  if (!(score >= 0 && score <= 1)) throw new RangeError(`comparisons[${i}].score is ${score}: 0 to 1 is needed`)
  requireFinite(covariate, `comparisons[${i}].covariate`)
}

function rowOf({a, b, score, cluster, covariate}: PairedPreference, i: number, names: readonly string[]): Row {
  const x = names.map(name => (name === a ? 1 : name === b ? -1 : 0))
  return {
    x: covariate === undefined ? x : [...x, covariate],
    y: score,
    cluster: cluster ?? `\u0000${i}`,
  }
}

/** Firth's correction (1993) where only two are compared; for more a close relative of it. */
function halfWins(comparisons: readonly PairedPreference[], names: readonly string[]): Row[] {
  const pairs = new Map(comparisons.map(each => [[each.a, each.b].toSorted().join('\u0000'), each]))
  return [...pairs.values()].map(each => {
    const neutral = each.covariate === undefined ? {} : {covariate: 0}
    return rowOf({a: each.a, b: each.b, score: 0.5, cluster: '\u0000added', ...neutral}, 0, names)
  })
}

/** Newton's steps, halved while the likelihood falls. */
function maximise(rows: readonly Row[], names: number): number[] | undefined {
  let theta = (rows[0]?.x ?? []).map(() => 0)
  let best = logLikelihood(rows, theta)
  for (let step = 0; step < MOST_STEPS; step++) {
    const inverted = inverse(information(rows, theta, names))
    if (inverted === undefined) return undefined
    const change = times(inverted, gradient(rows, theta))
    let scale = 1
    let next = theta.map((value, i) => value + scale * (change[i] ?? 0))
    while (scale > 1e-6 && logLikelihood(rows, next) < best - 1e-12) {
      scale /= 2
      next = theta.map((value, i) => value + scale * (change[i] ?? 0))
    }
    theta = next
    best = logLikelihood(rows, theta)
    if (Math.max(...change.map(Math.abs)) < PRECISION) break
  }
  return theta
}

function probability(x: readonly number[], theta: readonly number[]): number {
  return 1 / (1 + Math.exp(-dot(x, theta)))
}

function logLikelihood(rows: readonly Row[], theta: readonly number[]): number {
  // log p = −log(1 + e^−η), written so that large η neither overflow nor lose digits.
  const logistic = (eta: number): number => Math.min(0, eta) - Math.log1p(Math.exp(-Math.abs(eta)))
  return rows.reduce((sum, {x, y}) => {
    const eta = dot(x, theta)
    return sum + y * logistic(eta) + (1 - y) * logistic(-eta)
  }, 0)
}

function gradient(rows: readonly Row[], theta: readonly number[]): number[] {
  const sum = theta.map(() => 0)
  for (const {x, y} of rows) {
    const residual = y - probability(x, theta)
    for (const [i, value] of x.entries()) sum[i] = (sum[i] ?? 0) + residual * value
  }
  return sum
}

/** H, and 1/k on the strengths' block: it fixes their sum at 0 and changes no difference. */
function information(rows: readonly Row[], theta: readonly number[], names: number): number[][] {
  const matrix = zeros(theta.length)
  for (const {x} of rows) {
    const p = probability(x, theta)
    addOuter(matrix, x, p * (1 - p))
  }
  const all = theta.map((_, i) => (i < names ? 1 : 0))
  addOuter(matrix, all, 1 / names)
  return matrix
}

function sandwich(bread: NumberMatrix, rows: readonly Row[], theta: readonly number[]): NumberMatrix {
  const clusters = Map.groupBy(rows, ({cluster}) => cluster)
  const filling = zeros(theta.length)
  for (const own of clusters.values()) addOuter(filling, gradient(own, theta), 1)
  const correction = clusters.size / Math.max(1, clusters.size - 1)
  const half = bread.map(row => times(filling, row))
  return bread.map(row => half.map(other => correction * dot(row, other)))
}

/** Equal or nearly equal answers make the sandwich as thin as they are alike; the model's own covariance does not collapse. */
function wider(robust: NumberMatrix, bread: NumberMatrix, names: number): NumberMatrix {
  const model = bread.map((row, i) => row.map((value, j) => (i < names && j < names ? value - 1 / names : value)))
  const trace = (matrix: NumberMatrix): number => matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)
  return trace(robust) > trace(model) ? robust : model
}
