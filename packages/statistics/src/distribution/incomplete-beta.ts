import {logGamma} from './log-gamma.js'

const TINY = 1e-300
const MOST_TERMS = 10_000

/** Regularised incomplete beta function I_x(a, b), 0 … 1, for a, b ≥ 0.5 (DLMF 8.17, continued fraction 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)
  const front = Math.exp(logFront)
  // The fraction converges fast only on this side of the mean; the other side follows by symmetry.
  return x < (a + 1) / (a + b + 2) ? front / (a * fraction(x, a, b)) : 1 - front / (b * fraction(1 - x, b, a))
}

/** 1 + d₁x/(1 + d₂x/(1 + …)) by the modified Lentz method. */
function fraction(x: number, a: number, b: number): number {
  let [value, c, d] = [1, 1, 0]
  for (let term = 1; term < MOST_TERMS; term++) {
    const coefficient = coefficientOf(term, x, a, b)
    d = 1 / nonZero(1 + coefficient * d)
    c = nonZero(1 + coefficient / c)
    value *= c * d
    if (Math.abs(c * d - 1) < 5e-16) break
  }
  return value
}

function coefficientOf(term: number, x: number, a: number, b: number): number {
  const m = term >> 1
  if (term % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
