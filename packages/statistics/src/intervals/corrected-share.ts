import {normalQuantile} from '../distribution/normal.js'
import {requireFraction} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'

type Known = Pick<Estimate, 'estimate' | 'standardError'>

interface JudgeErrors {
  /** Share of what people call right that the judge calls right (TPR). */
  sensitivity: Known
  /** Share of what people call wrong that the judge calls wrong (TNR). */
  specificity: Known
}

/** Where people's own share lies, by a judge that errs at known rates. */
export interface CorrectedShare {
  estimate: number
  low: number
  high: number
  standardError: number
}

/**
 * The share that people would call right, of all that a judge answered by yes or no: (p + q₀ − 1) / (q₀ + q₁ − 1) for the judge's own
 * share p, its specificity q₀ and its sensitivity q₁ (Rogan and Gladen 1978; for judges Lee et al. 2025, arXiv 2511.21140). The interval is
 * by the delta method over all three: Var = [V(p) + (1 − θ)² V(q₀) + θ² V(q₁)] / (q₀ + q₁ − 1)².
 * @returns undefined where the judge is not shown to be better than a coin: the lower bound of q₀ + q₁ − 1 is not above 0
 * @example correctedShare({estimate: 0.7, standardError: 0.01}, {sensitivity: {estimate: 0.9, standardError: 0.02}, specificity: {estimate: 0.8, standardError: 0.05}})?.estimate // 0.7142857142857143
 */
export function correctedShare(
  {estimate: share, standardError: shareError}: Known,
  {sensitivity, specificity}: JudgeErrors,
  confidence: number = DEFAULT_CONFIDENCE,
): CorrectedShare | undefined {
  requireFraction(confidence, 'confidence')
  const [q1, e1] = [sensitivity.estimate, sensitivity.standardError]
  const [q0, e0] = [specificity.estimate, specificity.standardError]
  if (share === undefined || shareError === undefined || q1 === undefined || q0 === undefined) return undefined
  if (e1 === undefined || e0 === undefined) return undefined
  const reach = normalQuantile((1 + confidence) / 2)
  const better = q0 + q1 - 1
  if (better - reach * Math.hypot(e0, e1) <= 0) return undefined
  const estimate = within((share + q0 - 1) / better)
  const standardError = Math.hypot(shareError, (1 - estimate) * e0, estimate * e1) / better
  return {
    estimate,
    low: within(estimate - reach * standardError),
    high: within(estimate + reach * standardError),
    standardError,
  }
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share))
}
