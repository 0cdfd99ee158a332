import {normalCdf, normalQuantile} from '../distribution/normal.js'
import {studentQuantile} from '../distribution/student-t.js'
import {mean} from '../inference/moments.js'
import {sortedQuantile} from '../inference/quantile.js'

export interface Bounds {
  low: number
  high: number
}

/** The middle `confidence` part of ascending replicates. */
export function percentileBounds(sorted: Float64Array, confidence: number): Bounds {
  const tail = (1 - confidence) / 2
  return {low: sortedQuantile(sorted, tail), high: sortedQuantile(sorted, 1 - tail)}
}

/**
 * The middle part of the replicates that makes a percentile interval as wide as Student's t asks for, where `confidence` itself
 * would be too narrow for few units: tails of Φ(−√(n / (n − 1)) · t) (Hesterberg 2015, "expanded percentile"). With 20 units and
 * 95 % each tail is 0.0159 instead of 0.025; with many units it tends to 0.025.
 * @example expandedConfidence(20, 0.95) // 0.9682
 */
export function expandedConfidence(units: number, confidence: number): number {
  if (units < 2) return confidence
  return 1 - 2 * normalCdf(-Math.sqrt(units / (units - 1)) * studentQuantile((1 + confidence) / 2, units - 1))
}

/**
 * Bias-corrected and accelerated bounds (Efron 1987): percentiles moved by the median bias of the replicates and by the skew of
 * the jackknife values, the statistic with one unit left out at a time.
 */
export function bcaBounds(sorted: Float64Array, estimate: number, jackknife: Float64Array, confidence: number): Bounds {
  const bias = medianBias(sorted, estimate)
  const skew = acceleration(jackknife)
  const level = (p: number) => {
    const shifted = bias + normalQuantile(p)
    return normalCdf(bias + shifted / (1 - skew * shifted))
  }
  const tail = (1 - confidence) / 2
  return {low: sortedQuantile(sorted, level(tail)), high: sortedQuantile(sorted, level(1 - tail))}
}

/** Ties, up to rounding, count half; a share of 0 or 1 is moved inside, since the true one is neither. */
function medianBias(sorted: Float64Array, estimate: number): number {
  const slack = 1e-12 * Math.max(1, Math.abs(estimate))
  const below = sorted.filter(value => value < estimate - slack).length
  const equal = sorted.filter(value => Math.abs(value - estimate) <= slack).length
  const share = (below + equal / 2) / sorted.length
  const least = 0.5 / sorted.length
  return normalQuantile(Math.min(Math.max(share, least), 1 - least))
}

function acceleration(jackknife: Float64Array): number {
  const centre = mean(jackknife)
  let [squares, cubes] = [0, 0]
  for (const value of jackknife) {
    squares += (centre - value) ** 2
    cubes += (centre - value) ** 3
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0
}
