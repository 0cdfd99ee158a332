import {normalQuantile} from '../distribution/normal.js'
import {requireAllFinite, requireCount, requireFinite} from '../measurement.js'
import type {Measurement} from '../measurement.js'
import {standardDeviation} from './moments.js'

/** z₀.₉₇₅ + z₀.₈ = 1.96 + 0.84: two-sided 5 % and 80 % power. */
const FOUR_IN_FIVE = 2.8

/**
 * The smallest mean difference that a paired comparison of these differences finds in 80 % of cases (two-sided, 5 %):
 * 2.8 · sd / √n, in the differences' unit. Undefined for fewer than two pairs.
 */
export function minimumDetectableEffect(differences: readonly number[]): Measurement {
  requireAllFinite(differences, 'differences')
  if (differences.length < 2) return undefined
  return (FOUR_IN_FIVE * standardDeviation(differences)) / Math.sqrt(differences.length)
}

/**
 * How many times as much data of the same kind a comparison needs until it finds an effect of this size: standard errors shrink
 * with the root of the number. 1 when it finds it already.
 */
export function timesAsMuch(smallestFound: number, effect: number): number {
  return effect > 0 ? Math.max(1, (smallestFound / effect) ** 2) : Infinity
}

export interface GateDistance {
  /** Samples measured so far. */
  measured: number
  /** Of the mean, as its interval has it; that of a clustered interval holds the correlation within clusters. */
  standardError: number
  /** Mean minus threshold. */
  distance: number
}

/**
 * About how many more samples of the same kind a gate needs until its interval leaves the threshold with 80 % power, if mean
 * and spread stay as they are: n = ((z_confidence + z₀.₈) · sd / distance)². 0 when it has enough; undefined when the mean
 * stands exactly on the threshold, where no number helps.
 */
export function samplesNeeded({measured, standardError, distance}: GateDistance, confidence = 0.95): Measurement {
  requireCount(measured, 'measured', 2)
  requireFinite(standardError, 'standardError')
  requireFinite(distance, 'distance')
  if (standardError === 0) return 0
  if (distance === 0) return undefined
  const reach = normalQuantile((1 + confidence) / 2) + normalQuantile(0.8)
  const needed = measured * ((reach * standardError) / distance) ** 2
  return Math.max(0, Math.ceil(needed) - measured)
}
