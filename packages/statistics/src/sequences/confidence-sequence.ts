import {requireCount, requireFraction} from '../measurement.js'

export interface SequenceOptions {
  /** How many values the mean is of. */
  observations: number
  /** Of one value. */
  standardDeviation: number
  /** Probability that the interval ever misses. */
  alpha?: number
  /** The number of values for which it is narrowest. */
  narrowestAt?: number
}

/**
 * Half width of an asymptotic confidence sequence of a mean: unlike an interval it may be looked at after every value, the truth
 * lies in all of them at once with probability 1 − α. Robbins' normal mixture,
 * σ √(2(tρ² + 1)/(t²ρ²) · ln(√(tρ² + 1)/α)) with ρ² = (−2 ln α + ln(−2 ln α) + 1)/t* (Waudby-Smith, Arbour, Sinha, Kennedy and
 * Ramdas 2024, Ann. Statist., arXiv 2103.06476; two-sided). Values must be independent; σ is taken as known.
 * @example sequenceHalfWidth({observations: 14, standardDeviation: 1}) // 0.81
 */
export function sequenceHalfWidth({
  observations,
  standardDeviation,
  alpha = 0.05,
  narrowestAt = 14,
}: SequenceOptions): number {
  requireCount(observations, 'observations')
  requireCount(narrowestAt, 'narrowestAt')
  requireFraction(alpha, 'alpha')
  const rho = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha)) + 1) / narrowestAt
  const grown = observations * rho + 1
  return standardDeviation * Math.sqrt(((2 * grown) / (observations ** 2 * rho)) * Math.log(Math.sqrt(grown) / alpha))
}
