import type {PromotionRefusal} from './promotion-refusal.js'
import type {TuningResult} from './tuning-result.js'

export interface PromotionBar {
  /** `reranker.adaptive_threshold`. */
  mostVarianceRatio: number
  /** Older results are stale. */
  mostAgeDays: number
  now: Date
  /** `baseHash` of the configuration as it stands. */
  baseSha256: string
}

const DAY_MS = 86_400_000

/** Why the best setting of a tuning run may not be promoted; empty when it may. */
export function judgePromotion(
  {front, measured_since, base_sha256}: TuningResult,
  bar: PromotionBar,
): PromotionRefusal[] {
  const {test, gain} = front[0]!
  const days = (bar.now.getTime() - Date.parse(measured_since)) / DAY_MS
  const refusals: (PromotionRefusal | undefined)[] = [
    gain.low > 0 ? undefined : {reason: gain.high < 0 ? 'loss' : 'gain_may_be_chance', gain},
    repeatabilityRefusal(test.variance_ratio, bar.mostVarianceRatio),
    base_sha256 === bar.baseSha256 ? undefined : {reason: 'configuration_changed'},
    days <= bar.mostAgeDays ? undefined : {reason: 'stale', days: Math.floor(days), most: bar.mostAgeDays},
  ]
  return refusals.filter(refusal => refusal !== undefined)
}

function repeatabilityRefusal(
  ratio: TuningResult['current']['variance_ratio'],
  bar: number,
): PromotionRefusal | undefined {
  if (ratio === null) return {reason: 'repeatability_unmeasured'}
  return ratio.high > bar ? {reason: 'runs_disagree', high: ratio.high, bar} : undefined
}
