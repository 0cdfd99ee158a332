import {requireCount} from '../measurement.js'
import type {Measurement} from '../measurement.js'
import {seededRandom} from '../inference/random.js'

export interface BootstrapOptions {
  /** Of the random numbers; the same seed and data give the same interval. */
  seed: number
  /** 10,000 unless told; fewer leave visible noise in the interval's ends. */
  resamples?: number
  /** 0.95 unless told. */
  confidence?: number
}

export const DEFAULT_RESAMPLES = 10_000

/** Values of a statistic on resamples, ascending. */
export interface Replicates {
  values: Float64Array
  /** Resamples on which the statistic does not exist. */
  undefinedResamples: number
}

/** Means of resamples drawn with replacement, in the order drawn. */
export function bootstrapMeans(
  values: Float64Array,
  {seed, resamples = DEFAULT_RESAMPLES}: BootstrapOptions,
): Float64Array {
  requireCount(resamples, 'resamples')
  const random = seededRandom(seed)
  const n = values.length
  // From the first value, as `mean` does: equal values must give equal means to the last bit.
  const first = values[0] ?? 0
  const offsets = values.map(value => value - first)
  return new Float64Array(resamples).map(() => {
    let sum = 0
    for (let drawn = 0; drawn < n; drawn++) sum += offsets[random.below(n)] ?? 0
    return first + sum / n
  })
}

/**
 * A statistic of resampled units (samples, rated items, queries, clusters); undefined results are counted and left out. It stops after each
 * resample (`yield`), so that whoever draws it may do something else in between.
 */
export function* bootstrapSteps<T extends object | number>(
  units: readonly T[],
  statistic: (sample: readonly T[]) => Measurement,
  {seed, resamples = DEFAULT_RESAMPLES}: BootstrapOptions,
): Generator<undefined, Replicates> {
  requireCount(resamples, 'resamples')
  const random = seededRandom(seed)
  const sample = [...units]
  const values: number[] = []
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < sample.length; i++) {
      const drawn = units[random.below(units.length)]
      // Always: the number drawn is a place of the units, and none of them is undefined.
      if (drawn !== undefined) sample[i] = drawn
    }
    const value = statistic(sample)
    if (value !== undefined) values.push(value)
    yield
  }
  return {values: Float64Array.from(values).sort(), undefinedResamples: resamples - values.length}
}

/** The result of work in steps, without a pause. */
export function atOnce<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const {done, value} = steps.next()
    if (done) return value
  }
}
