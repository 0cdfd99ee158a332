import type {Runtime} from '@ep23/sdk'

import type {ConfigValue} from '../../domain/config-keys.js'
import {ragMetrics} from '../../metrics.js'

/** Publishes a measured variance ratio and its upper bound under the configuration's `reranker.variance_window`. */
export function recordVariance({metrics}: Runtime, window: ConfigValue, ratio: {estimate: number; high: number}): void {
  const {varianceRatio, varianceUpper} = metrics.bind(ragMetrics)
  varianceRatio.set({window: String(window)}, ratio.estimate)
  varianceUpper.set({window: String(window)}, ratio.high)
}
