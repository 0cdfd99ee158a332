import {type Measurement, requireFraction} from '../measurement.js'

/**
 * Extrapolated rank-biased overlap RBO_ext (Webber, Moffat and Zobel 2010, equation 32), 0 … 1, of two rankings without ties;
 * their lengths may differ. With p = 0.9 the first ten places carry about 86 % of the weight: report p with the number.
 * 0 when one list is empty, undefined when both are.
 * @throws RangeError for p outside 0 … 1 or an item that stands twice in a list.
 * @example rankBiasedOverlap(['a', 'b'], ['b', 'a']) // 0.9
 * @example rankBiasedOverlap([], ['a']) // 0
 * @example rankBiasedOverlap([], []) // undefined
 */
export function rankBiasedOverlap(a: readonly string[], b: readonly string[], p = 0.9): Measurement {
  requireFraction(p, 'p')
  requireDistinct(a, 'a')
  requireDistinct(b, 'b')
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  if (longer.length === 0) return undefined
  if (shorter.length === 0) return 0
  return extrapolated(overlapsByDepth(shorter, longer), shorter.length, p)
}

/** Items common to the first d places of both, for d = 1 … length of the longer. */
function overlapsByDepth(shorter: readonly string[], longer: readonly string[]): number[] {
  const [left, right] = [new Set<string>(), new Set<string>()]
  let overlap = 0
  return longer.map((item, i) => {
    const other = shorter[i]
    right.add(item)
    if (left.has(item)) overlap++
    if (other !== undefined) {
      left.add(other)
      if (right.has(other)) overlap++
    }
    return overlap
  })
}

/** Beyond its end the shorter list is taken to go on agreeing as it did before. */
function extrapolated(overlaps: readonly number[], short: number, p: number): number {
  const long = overlaps.length
  const [atShort, atLong] = [overlaps[short - 1] ?? 0, overlaps.at(-1) ?? 0]
  let sum = 0
  for (const [i, overlap] of overlaps.entries()) {
    const depth = i + 1
    const assumed = depth > short ? (atShort * (depth - short)) / short : 0
    sum += ((overlap + assumed) / depth) * p ** i
  }
  return (1 - p) * sum + ((atLong - atShort) / long + atShort / short) * p ** long
}

function requireDistinct(items: readonly string[], name: string): void {
  const met = new Set<string>()
  for (const item of items) {
    if (met.has(item)) throw new RangeError(`${name} has "${item}" twice: a ranking names each item once`)
    met.add(item)
  }
}
