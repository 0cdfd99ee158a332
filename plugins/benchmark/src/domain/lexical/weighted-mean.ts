import {type Measurement} from '@ep23/statistics'
import type {FeatureName, LexicalFeatures} from './lexical-features.js'
import type {Weights} from './lexical-weights.js'

/** The mean of the features that could be measured, by their weights; undefined when none could. */
export function weightedMean(features: LexicalFeatures, weights: Weights): Measurement {
  let [sum, total] = [0, 0]
  for (const [name, weight] of Object.entries(weights)) {
    const value = features[name as FeatureName]
    if (value === undefined) continue
    sum += weight * value
    total += weight
  }
  return total > 0 ? sum / total : undefined
}
