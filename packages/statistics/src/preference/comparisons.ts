/** Two things were shown side by side, and one was preferred. */
export interface PairedPreference {
  a: string
  b: string
  /** 1 when `a` was preferred, 0 when `b` was, 0.5 for neither: ties count half, as in FastChat's fit. Ties left out would inflate it. */
  score: number
  /** Comparisons of one cluster (a source's) are correlated; each stands alone where it has none. */
  cluster?: string
  /** Something else that may decide, `a`'s minus `b`'s, such as the logarithm of the lengths' ratio. All comparisons have one or none. */
  covariate?: number
}

/**
 * Whether strengths of a Bradley–Terry model exist (Ford 1957): `ordered` when each is better than each other one along some chain of
 * wins and ties; `unbeaten` when somebody, or a group, was never beaten by the rest; `apart` when groups never met.
 */
export function isOrdered(
  names: readonly string[],
  comparisons: readonly PairedPreference[],
): 'ordered' | 'unbeaten' | 'apart' {
  const beats = new Map(names.map(name => [name, new Set<string>()]))
  const loses = new Map(names.map(name => [name, new Set<string>()]))
  const meets = new Map(names.map(name => [name, new Set<string>()]))
  for (const {a, b, score} of comparisons) {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      meets.get(x)?.add(y)
    const [winner, loser] = score > 0.5 ? [a, b] : [b, a]
    beats.get(winner)?.add(loser)
    loses.get(loser)?.add(winner)
    if (score > 0 && score < 1) {
      beats.get(loser)?.add(winner)
      loses.get(winner)?.add(loser)
    }
  }
  if (!reachesAll(names, meets)) return 'apart'
  return reachesAll(names, beats) && reachesAll(names, loses) ? 'ordered' : 'unbeaten'
}

function reachesAll(names: readonly string[], edges: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set(names.slice(0, 1))
  for (const name of seen) for (const next of edges.get(name) ?? []) seen.add(next)
  return seen.size === names.length
}
