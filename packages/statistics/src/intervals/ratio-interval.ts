import {pairMeasured} from '../inference/pairs.js'
import type {Measurement} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate} from './interval.js'
import {meanInterval} from './mean-interval.js'

/**
 * Ratio after / before of paired positive values, such as the latencies of the same samples: the geometric mean with its
 * Student-t interval, both taken on the log scale, where latencies are near normal and twice as slow weighs like twice as fast.
 * `unmeasured` counts dropped pairs.
 * @throws RangeError for a value that is not positive.
 * @example ratioInterval([1, 1, 2], [2, 2, 4]).estimate // 2
 */
export function ratioInterval(
  before: readonly Measurement[],
  after: readonly Measurement[],
  confidence = DEFAULT_CONFIDENCE,
): Estimate {
  const pairs = pairMeasured(before, after)
  const logs = pairs.before.map((from, i) => logOf(pairs.after[i] ?? 0, 'after') - logOf(from, 'before'))
  const {standardError: _, ...interval} = meanInterval(logs, confidence)
  const [estimate, low, high] = [interval.estimate, interval.low, interval.high].map(power)
  return {...interval, estimate, low, high, unmeasured: pairs.dropped}
}

function logOf(value: number, name: string): number {
  if (value <= 0) throw new RangeError(`${name} has ${value}: a ratio needs positive values`)
  return Math.log(value)
}

function power(log: Measurement): Measurement {
  return log === undefined ? undefined : Math.exp(log)
}
