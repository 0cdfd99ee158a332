import {requireAllFinite, requireCount, requireSameLength} from '../measurement.js'
import {seededRandom} from './random.js'

export interface PermutationOptions {
  /** Of the random signs; not used when the test is exact. */
  seed: number
  /** B: 10,000 unless told. */
  permutations?: number
  /** Cluster of each difference: a cluster's differences flip together, for samples correlated within it. */
  clusters?: readonly string[]
}

export interface PermutationTest {
  /** Two-sided. */
  p: number
  /** True when all sign patterns were tried. */
  exact: boolean
  permutations: number
  /** The smallest p that this many differences or clusters can give; above 0.05 the test cannot find anything. */
  smallestP: number
}

/** Sums of equal value differ in their last bits when added in another order: they must count as equal. */
const TOLERANCE = 1e-12

/**
 * Paired sign-flip permutation test of a mean difference of zero, two-sided. Exact over all 2ⁿ sign patterns when they are no
 * more than B, otherwise p = (c + 1) / (B + 1) with c random patterns whose |mean| is ≥ the observed one (sacreBLEU counts
 * only >, ranx has no + 1; both report too small a p). Zero differences change no pattern's mean and are left out. Neither the order
 * of the differences nor their common sign changes p.
 * @example signFlipTest([0.1, 0.2, 0.3, 0.4], {seed: 1}).p // 0.125
 */
export function signFlipTest(differences: readonly number[], options: PermutationOptions): PermutationTest {
  requireAllFinite(differences, 'differences')
  const {permutations = 10_000} = options
  requireCount(permutations, 'permutations')
  const steps = flippedTogether(differences, options.clusters).filter(step => step !== 0)
  if (steps.length === 0) return {p: 1, exact: true, permutations: 1, smallestP: 1}
  return steps.length < 31 && 2 ** steps.length <= permutations
    ? exactTest(steps)
    : sampledTest(steps, permutations, options.seed)
}

function flippedTogether(differences: readonly number[], clusters: readonly string[] | undefined): number[] {
  if (clusters === undefined) return [...differences]
  requireSameLength(differences, clusters, 'differences and clusters')
  const sums = new Map<string, number>()
  for (const [i, name] of clusters.entries()) sums.set(name, (sums.get(name) ?? 0) + (differences[i] ?? 0))
  return [...sums.values()]
}

/** Walks all patterns in Gray code order: each differs from the one before in a single sign. */
function exactTest(steps: number[]): PermutationTest {
  const signed = [...steps]
  const extreme = atLeast(steps)
  const patterns = 2 ** steps.length
  let sum = total(steps)
  let count = extreme(sum) ? 1 : 0
  for (let pattern = 1; pattern < patterns; pattern++) {
    const place = 31 - Math.clz32(pattern & -pattern)
    const flipped = -(signed[place] ?? 0)
    signed[place] = flipped
    sum += 2 * flipped
    if (extreme(sum)) count++
  }
  return {p: count / patterns, exact: true, permutations: patterns, smallestP: 2 / patterns}
}

function sampledTest(steps: number[], permutations: number, seed: number): PermutationTest {
  const random = seededRandom(seed)
  // Every sign is drawn, so that sizes alone stand in an order: that of the lines must not move p.
  const sizes = Float64Array.from(steps, Math.abs).sort()
  const extreme = atLeast(steps)
  let count = 0
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = 0
    for (let i = 0; i < sizes.length; i++) {
      const step = sizes[i] ?? 0
      sum += random.below(2) === 1 ? step : -step
    }
    if (extreme(sum)) count++
  }
  const smallestP = 1 / (permutations + 1)
  return {p: (count + 1) * smallestP, exact: false, permutations, smallestP}
}

function atLeast(steps: readonly number[]): (sum: number) => boolean {
  const slack = TOLERANCE * steps.reduce((sum, step) => sum + Math.abs(step), 0)
  const observed = Math.abs(total(steps)) - slack
  return sum => Math.abs(sum) >= observed
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
