import {normalQuantile} from '../distribution/normal.js'
import {countBelow} from '../inference/places.js'
import {requireFinite} from '../measurement.js'

/** Where a value stands among all up to it, itself included: with ties it takes the places `lowest` … `highest`. */
export interface SequentialRank {
  lowest: number
  highest: number
  /** How many values there are up to this one. */
  of: number
}

/** Values in ascending order, to which others are added one by one; the rank of each is among those up to it. */
export class RankedSequence {
  private readonly sorted: number[]

  constructor(values: readonly number[] = []) {
    for (const [i, value] of values.entries()) requireFinite(value, `values[${i}]`)
    this.sorted = [...values].sort((a, b) => a - b)
  }

  /**
   * Adds a value. For exchangeable values without ties its rank is uniform on 1 … n and independent of all ranks before: whatever
   * their distribution (Parent 1965; Bhattacharya and Frierson 1981, Ann. Statist. 9).
   */
  add(value: number): SequentialRank {
    requireFinite(value, 'value')
    const below = countBelow(this.sorted, value)
    const upTo = countBelow(this.sorted, value, true)
    this.sorted.splice(upTo, 0, value)
    return {lowest: below + 1, highest: upTo + 1, of: this.sorted.length}
  }
}

/**
 * Likelihood ratios of a rank for shifts by λ standard deviations (negative: downwards): exp(λ z_R) / n⁻¹ Σ exp(λ z_j) with the
 * normal scores z_j = Φ⁻¹((j − ½)/n). The mean over the n ranks is exactly 1, whatever the values' distribution is
 * (Shiryaev–Roberts on sequential ranks: van Zyl and Lombard 2019, arXiv 1906.08755). Ties take the mean over their places.
 * @example rankLikelihoodRatios({lowest: 1, highest: 3, of: 3}, [-1, 2]) // [1, 1]
 */
export function rankLikelihoodRatios({lowest, highest, of}: SequentialRank, shifts: readonly number[]): number[] {
  const scores = normalScores(of)
  const own = scores.subarray(lowest - 1, highest)
  return shifts.map(shift => meanExponential(own, shift) / meanExponential(scores, shift))
}

/** Kept: a simulation of a year asks for the same few hundred again and again. */
const SCORES = new Map<number, Float64Array>()

function normalScores(of: number): Float64Array {
  const known = SCORES.get(of)
  if (known) return known
  const scores = Float64Array.from({length: of}, (_, j) => normalQuantile((j + 0.5) / of))
  if (of <= 512) SCORES.set(of, scores)
  return scores
}

function meanExponential(values: Float64Array, shift: number): number {
  let sum = 0
  for (const value of values) sum += Math.exp(shift * value)
  return sum / values.length
}
