/** Lanczos's coefficients for g = 7 (Godfrey 2001); relative error below 1e-14 for positive arguments. */
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x ≥ 0.5. */
export function logGamma(x: number): number {
  const shifted = x - 1
  const base = shifted + 7.5
  const series = COEFFICIENTS.reduce((sum, coefficient, i) => sum + coefficient / (shifted + i))
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series)
}
