import type {Estimate} from './interval.js'

type Known = Pick<Estimate, 'estimate' | 'low' | 'high'>

interface JudgeErrors {
  /** Share of what people call right that the judge calls right (TPR). */
  sensitivity: Known
  /** Share of what people call wrong that the judge calls wrong (TNR). */
  specificity: Known
}

/** Where a share lies. */
export interface CorrectedShare {
  estimate: number
  low: number
  high: number
}

/**
 * The share that people would call right, of all that a judge answered by yes or no: θ = (p + q₀ − 1) / (q₀ + q₁ − 1) for the judge's own
 * share p, its specificity q₀ and its sensitivity q₁ (Rogan and Gladen 1978; for judges Lee et al. 2025, arXiv 2511.21140). The interval
 * holds every θ with which p − θ q₁ − (1 − θ)(1 − q₀) may be 0, its bounds put together from those of the three (Zou and Donner 2008;
 * Fieller 1954): what has never erred among few is not taken for perfect. Simulated with Clopper and Pearson's bounds, both rates 0.5 to 1, 5 to 60
 * right and 1 to 30 wrong items, an interval was given that missed the truth in at most 4.1 %.
 * @returns undefined where the judge is not shown to be better than a coin (the lower bound of q₀ + q₁ − 1 is not above 0), or calls more
 * or fewer right than such a judge can
 * @example correctedShare({estimate: 0.7, low: 0.68, high: 0.72}, {sensitivity: {estimate: 0.9, low: 0.86, high: 0.94}, specificity: {estimate: 0.8, low: 0.7, high: 0.9}})?.estimate // 0.7142857142857143
 */
export function correctedShare(share: Known, {sensitivity, specificity}: JudgeErrors): CorrectedShare | undefined {
  if (!isBounded(share) || !isBounded(sensitivity) || !isBounded(specificity)) return undefined
  const better = specificity.estimate + sensitivity.estimate - 1
  if (better - Math.hypot(below(sensitivity), below(specificity)) <= 0) return undefined
  const estimate = Math.min(1, Math.max(0, (share.estimate + specificity.estimate - 1) / better))
  const isPossible = (theta: number): boolean => {
    const excess = share.estimate - theta * sensitivity.estimate - (1 - theta) * (1 - specificity.estimate)
    return excess > 0
      ? excess <= Math.hypot(below(share), theta * above(sensitivity), (1 - theta) * below(specificity))
      : -excess <= Math.hypot(above(share), theta * below(sensitivity), (1 - theta) * above(specificity))
  }
  if (!isPossible(estimate)) return undefined
  return {estimate, low: lastPossible(estimate, 0, isPossible), high: lastPossible(estimate, 1, isPossible)}
}

function isBounded(known: Known): known is CorrectedShare {
  return known.estimate !== undefined && known.low !== undefined && known.high !== undefined
}

function below({estimate, low}: CorrectedShare): number {
  return estimate - low
}

function above({estimate, high}: CorrectedShare): number {
  return high - estimate
}

/** The farthest from what is possible towards an end that is possible too, by halving: exact to the last bits. */
function lastPossible(from: number, end: number, isPossible: (theta: number) => boolean): number {
  if (isPossible(end)) return end
  let [possible, beyond] = [from, end]
  for (let middle = (from + end) / 2; middle !== possible && middle !== beyond; middle = (possible + beyond) / 2) {
    if (isPossible(middle)) possible = middle
    else beyond = middle
  }
  return possible
}
