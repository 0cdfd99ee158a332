import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {mersenne} from 'pure-rand/generator/mersenne'

import {expandedTail} from './expanded-tail.js'

export interface BootstrapOptions {
  /** Of the random numbers: the same seed and data give the same interval. */
  seed: number
  /** 10,000 unless told; fewer leave visible noise in the interval's ends. */
  resamples?: number
  /** 0.95 unless told. */
  confidence?: number
}

/** An estimate with its interval, and all that is needed to compute it again. */
export interface Interval extends Required<BootstrapOptions> {
  estimate: number
  low: number
  high: number
  /** Independent units that were resampled: queries. */
  units: number
}

/**
 * Percentile bootstrap (Efron 1979) of any statistic of independent units, widened for small samples (`expandedTail`).
 * @param statistic takes the numbers of the drawn units, 0 … units − 1, with repetition; called once for each resample.
 * @throws RangeError for fewer than two units, a confidence outside (0, 1) or no resamples.
 */
export function bootstrapInterval(
  units: number,
  statistic: (drawn: Uint32Array) => number,
  {seed, resamples = 10_000, confidence = 0.95}: BootstrapOptions,
): Interval {
  requireUsable(units, resamples, confidence)
  const all = Uint32Array.from({length: units}, (_, unit) => unit)
  const replicates = replicate(units, statistic, seed, resamples).sort()
  const tail = expandedTail(units, confidence)
  return {
    estimate: statistic(all),
    low: quantile(replicates, tail),
    high: quantile(replicates, 1 - tail),
    units,
    seed,
    resamples,
    confidence,
  }
}

/** Interval of a mean over queries; of a mean gain when the values are paired differences. */
export function meanInterval(values: ArrayLike<number>, options: BootstrapOptions): Interval {
  const mean = (drawn: Uint32Array) => {
    let sum = 0
    for (const unit of drawn) sum += values[unit]!
    return sum / drawn.length
  }
  return bootstrapInterval(values.length, mean, options)
}

function requireUsable(units: number, resamples: number, confidence: number): void {
  if (units < 2) throw new RangeError(`units is ${units}: an interval needs at least two`)
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new RangeError(`resamples is ${resamples}: at least 1 is needed`)
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence is ${confidence}: a number between 0 and 1 is needed`)
}

function replicate(
  units: number,
  statistic: (drawn: Uint32Array) => number,
  seed: number,
  resamples: number,
): Float64Array {
  const random = mersenne(seed)
  const drawn = new Uint32Array(units)
  return new Float64Array(resamples).map(() => {
    for (let i = 0; i < units; i++) drawn[i] = uniformInt(random, 0, units - 1)
    return statistic(drawn)
  })
}

/** Type 7 (Hyndman and Fan 1996), the default of numpy and R. */
function quantile(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return low + (place - below) * (high - low)
}
