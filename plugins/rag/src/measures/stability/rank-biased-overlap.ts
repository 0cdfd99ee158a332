/**
 * RBO_ext: rank-biased overlap of two rankings, extrapolated beyond their ends (Webber, Moffat and Zobel 2010, equation 32, which
 * allows rankings of different length). With p = 0.9 the first ten ranks carry about 86 % of the weight. Ties must have been
 * broken (`inTrecOrder`).
 * @param p persistence, between 0 and 1, from the top down.
 * @returns 1 for equal rankings, 0 for disjoint ones; undefined when one of them is empty: nothing can be extrapolated.
 * @throws RangeError for p outside (0, 1) or an id that occurs twice in one ranking.
 */
export function rankBiasedOverlap(a: readonly string[], b: readonly string[], p = 0.9): number | undefined {
  if (!(p > 0 && p < 1)) throw new RangeError(`p is ${p}: a number between 0 and 1 is needed`)
  requireDistinct(a, 'the first ranking')
  requireDistinct(b, 'the second ranking')
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 0) return undefined
  return extrapolate(overlaps(short, long), short.length, long.length, p)
}

function requireDistinct(ranking: readonly string[], name: string): void {
  if (new Set(ranking).size < ranking.length) throw new RangeError(`${name} holds an id twice`)
}

/** Size of the intersection of the first d ids of both, for d = 1 … length of the longer one; the shorter one ends before. */
function overlaps(short: readonly string[], long: readonly string[]): number[] {
  const [seenShort, seenLong] = [new Set<string>(), new Set<string>()]
  let shared = 0
  return long.map((id, i) => {
    const other = short[i]
    seenLong.add(id)
    if (other !== undefined) seenShort.add(other)
    if (seenShort.has(id)) shared++
    if (other !== undefined && other !== id && seenLong.has(other)) shared++
    return shared
  })
}

/** Equation 32 with X = overlaps, s and l = lengths of the shorter and the longer ranking. */
function extrapolate(overlap: readonly number[], s: number, l: number, p: number): number {
  const [atShort, atLong] = [overlap[s - 1]!, overlap[l - 1]!]
  let sum = 0
  for (let depth = 1; depth <= l; depth++) {
    const assumed = depth > s ? (atShort * (depth - s)) / s : 0
    sum += ((overlap[depth - 1]! + assumed) / depth) * p ** depth
  }
  return ((1 - p) / p) * sum + ((atLong - atShort) / l + atShort / s) * p ** l
}
