import type {TuningResult} from './tuning-result.js'

export interface PromotionBar {
  /** `reranker.adaptive_threshold`. */
  mostVarianceRatio: number
  /** Older results are stale. */
  mostAgeDays: number
  now: Date
  /** SHA-256 of the configuration as it stands. */
  configSha256: string
}

const DAY_MS = 86_400_000

/** Why the best setting of a tuning run may not be promoted; empty when it may. */
export function judgePromotion({front, measured_since, base_sha256}: TuningResult, bar: PromotionBar): string[] {
  const {test, gain} = front[0]!
  const ageDays = (bar.now.getTime() - Date.parse(measured_since)) / DAY_MS
  const ratio = test.variance_ratio
  return [
    ...(gain.low > 0
      ? []
      : [
          `the gain on the test queries may be chance: ${gain.estimate.toFixed(4)} with an interval from ${gain.low.toFixed(4)} to ${gain.high.toFixed(4)}`,
        ]),
    ...(ratio === null ? ['the repeatability is unmeasured: too few replies of the reranker could be used'] : []),
    ...(ratio !== null && ratio.high > bar.mostVarianceRatio
      ? [
          `repeated runs disagree: the variance ratio may be as high as ${ratio.high.toFixed(4)}, the bar is ${bar.mostVarianceRatio}`,
        ]
      : []),
    ...(base_sha256 === bar.configSha256 ? [] : ['the configuration has changed since it was tuned']),
    ...(ageDays <= bar.mostAgeDays
      ? []
      : [`the result is ${Math.floor(ageDays)} days old, at most ${bar.mostAgeDays} are allowed`]),
  ]
}
