import {mean} from '../inference/moments.js'
import {type Measurement, requireAllFinite, requireFinite} from '../measurement.js'

/** Above this a baseline of a month cannot tell correlation from a trend, and taking out more would hide the trend. */
const MOST = 0.6

/**
 * Correlation of neighbouring days, 0 … 0.6, from a short series: r₁ + (1 + 3r₁)/n, for r₁ itself is too small by about that much
 * (Kendall 1954, Biometrika 41; Marriott and Pope in the same volume), then clipped: a negative one is taken as none, which makes
 * later tests careful. A day without a value is `undefined` and no neighbour of anything. Undefined for fewer than four pairs of
 * neighbours or when nothing varies.
 * @example lagOneCorrelation([1, 2, 3, 4, 5, 6, 7, 8]) // 0.6
 * @example lagOneCorrelation([1, -1, 1, -1, 1, -1]) // 0
 */
export function lagOneCorrelation(days: readonly Measurement[]): Measurement {
  const values = days.filter(value => value !== undefined)
  requireAllFinite(values, 'days')
  if (values.length < 5) return undefined
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  const products = neighbours(days).map(([before, after]) => (before - centre) * (after - centre))
  if (products.length < 4 || squares === 0) return undefined
  const r = (products.reduce((sum, product) => sum + product, 0) / products.length) * (values.length / squares)
  return Math.min(MOST, Math.max(0, r + (1 + 3 * r) / values.length))
}

function neighbours(days: readonly Measurement[]): [number, number][] {
  return days.flatMap((after, i) => {
    const before = i > 0 ? days[i - 1] : undefined
    return before === undefined || after === undefined ? [] : [[before, after]]
  })
}

/**
 * What is new in each day: u_t = x_t − φ^k x_{t−k}, k days after the last one with a value, scaled so that all have one variance
 * (√((1 − φ²)/(1 − φ^{2k}))); the first is x √(1 − φ²). For a first-order autoregression around 0 the u are independent. A day
 * without a value has none.
 * @example innovations([1, 1], 0.5) // [0.8660254037844386, 0.5]
 * @throws RangeError unless 0 ≤ φ < 1.
 */
export function innovations(days: readonly Measurement[], correlation: number): Measurement[] {
  if (!(correlation >= 0 && correlation < 1))
    throw new RangeError(`correlation is ${correlation}: a number from 0 to below 1 is needed`)
  let last: {value: number; day: number} | undefined
  return days.map((value, day) => {
    if (value === undefined) return undefined
    requireFinite(value, `days[${day}]`)
    const kept = last === undefined ? 0 : correlation ** (day - last.day)
    const fresh = (value - kept * (last?.value ?? 0)) * Math.sqrt((1 - correlation ** 2) / (1 - kept ** 2))
    last = {value, day}
    return fresh
  })
}
