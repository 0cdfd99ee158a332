import {cosine, type TermVector} from './term-vectors.js'

export interface Choice {
  /** What covering this one is worth, above 0. */
  weight: number
  vector: TermVector
}

/**
 * Facility location (Lin & Bilmes 2011): takes up to `count` choices so that every choice, taken or not, is as similar as
 * possible to one that is taken, the weighty ones before the others. Greedy, which is within 1 - 1/e of the best possible.
 * Returns indexes in the order of being taken, the most useful first; ties go to the earlier choice.
 */
export function selectCovering(choices: readonly Choice[], count: number): number[] {
  const similarities = choices.map(({vector}, self) =>
    choices.map((other, index) => (index === self ? 1 : cosine(vector, other.vector))),
  )
  const covered = choices.map(() => 0)
  const open = new Set(choices.keys())
  const taken: number[] = []
  while (taken.length < count && open.size > 0) {
    const next = bestOf(open, index => gain(choices, covered, similarities[index] ?? []))
    taken.push(next)
    open.delete(next)
    for (const [index, similarity] of (similarities[next] ?? []).entries())
      covered[index] = Math.max(covered[index] ?? 0, similarity)
  }
  return taken
}

function gain(choices: readonly Choice[], covered: readonly number[], similarities: readonly number[]): number {
  let sum = 0
  for (const [index, {weight}] of choices.entries())
    sum += weight * Math.max(0, (similarities[index] ?? 0) - (covered[index] ?? 0))
  return sum
}

function bestOf(open: ReadonlySet<number>, value: (index: number) => number): number {
  let best = -1
  let bestValue = Number.NEGATIVE_INFINITY
  for (const index of open) {
    const own = value(index)
    if (own > bestValue) [best, bestValue] = [index, own]
  }
  return best
}
