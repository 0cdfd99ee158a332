export interface MedianInterval {
  estimate: number
  low: number
  high: number
}

/**
 * The median with a distribution-free interval between two order statistics (Thompson 1936): the tightest symmetric pair whose
 * binomial coverage is at least `confidence`. With fewer values than such a pair needs (six at 0.95) the extremes.
 * @param values at least one
 */
export function medianInterval(values: readonly number[], confidence = 0.95): MedianInterval {
  const sorted = values.toSorted((a, b) => a - b)
  const place = lowerPlace(sorted.length, (1 - confidence) / 2)
  return {estimate: medianOf(sorted), low: sorted[place]!, high: sorted[sorted.length - 1 - place]!}
}

/** Half the sum of the two middle values where their number is even. */
export function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

/** The largest place k, from 0, with P(Binomial(n, ½) ≤ k) ≤ tail; 0 when there is none. */
function lowerPlace(n: number, tail: number): number {
  let place = -1
  let logTerm = -n * Math.LN2
  let below = Math.exp(logTerm)
  while (below <= tail) {
    place++
    logTerm += Math.log((n - place) / (place + 1))
    below += Math.exp(logTerm)
  }
  return Math.max(0, place)
}
