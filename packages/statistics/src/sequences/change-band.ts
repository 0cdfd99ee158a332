import {mean} from '../inference/moments.js'
import {sortedQuantile} from '../inference/quantile.js'
import {inBlocks, seededRandom} from '../inference/random.js'
import {requireCount} from '../measurement.js'

export interface ChangeBand {
  /** First and last place that the change may have, as the first value after it. */
  from: number
  to: number
}

export interface ChangeBandOptions {
  confidence?: number
  resamples?: number
  seed?: number
  block?: number
}

/**
 * How sure the place of a change of level is: what is left of the values around the two levels is permuted within each part, put
 * back on the step, and the step is placed anew by least squares; the band holds the middle 90 % of those places and the found
 * one (residual resampling: Antoch, Hušková and Veraverbeke 1995, J. Nonparametr. Stat. 5). A change has no sharp date; say the
 * band.
 * @example stepBand([0, 1, 0, 1, 0, 1, 9, 8, 9, 8, 9, 8], 6) // {"from":6,"to":6}
 */
export function stepBand(values: readonly number[], at: number, options: ChangeBandOptions = {}): ChangeBand {
  const {confidence = 0.9, resamples = 499, seed = 1, block = 1} = options
  requireCount(at, 'at')
  requireCount(values.length - at, 'values after the change')
  const [before, after] = [values.slice(0, at), values.slice(at)]
  const random = seededRandom(seed)
  const [low, high] = [mean(before), mean(after)]
  const again = (part: readonly number[], level: number) =>
    inBlocks(
      part.map(value => value - level),
      block,
      random,
    ).map(rest => rest + level)
  const places = Float64Array.from({length: resamples}, () =>
    leastSquaresStep([...again(before, low), ...again(after, high)]),
  ).sort()
  const tail = (1 - confidence) / 2
  return {
    from: Math.min(at, Math.floor(sortedQuantile(places, tail))),
    to: Math.max(at, Math.ceil(sortedQuantile(places, 1 - tail))),
  }
}

/** The place that parts the values into two levels with the least squares: the largest (S_k − k x̄)² n/(k(n − k)). */
function leastSquaresStep(values: readonly number[]): number {
  const centre = mean(values)
  let [best, place, sum] = [-1, 1, 0]
  for (const [i, value] of values.slice(0, -1).entries()) {
    sum += value - centre
    const gain = sum ** 2 / ((i + 1) * (values.length - i - 1))
    if (gain > best) [best, place] = [gain, i + 1]
  }
  return place
}
