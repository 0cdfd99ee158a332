import {requireFraction} from '../measurement.js'

/**
 * Φ(z) of the standard normal distribution.
 * @example normalCdf(1.96) // 0.975
 */
export function normalCdf(z: number): number {
  return z < 0 ? upperTail(-z) : 1 - upperTail(z)
}

/** The z with Φ(z) = p, by Newton's steps from the approximation 26.2.23 of Abramowitz and Stegun. */
export function normalQuantile(p: number): number {
  requireFraction(p, 'p')
  if (p > 0.5) return -normalQuantile(1 - p)
  let z = -firstGuess(p)
  for (let step = 0; step < 8; step++) {
    const error = normalCdf(z) - p
    z -= error / density(z)
    if (Math.abs(error) < 1e-16 * p) break
  }
  return z
}

/** 1 − Φ(z), z ≥ 0: Marsaglia's series (2004) near the middle, Laplace's continued fraction in the tail. */
function upperTail(z: number): number {
  return z < 3 ? 0.5 - density(z) * oddSeries(z) : density(z) / tailFraction(z)
}

function oddSeries(z: number): number {
  let [sum, term] = [0, z]
  for (let k = 3; term > 1e-18; k += 2) {
    sum += term
    term *= z ** 2 / k
  }
  return sum
}

function tailFraction(z: number): number {
  let value = z
  for (let k = 120; k >= 1; k--) value = z + k / value
  return value
}

function density(z: number): number {
  return Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)
}

function firstGuess(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p))
  return t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3)
}
