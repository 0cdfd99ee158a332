import {inBlocks, type Random} from '@ep23/statistics'

/** Something that may be taken, and how unsure the judge is of it. */
export interface Drawable {
  /** 0 and above; undefined where nothing tells. */
  uncertainty: number | undefined
}

/** Half of the probability is the same for all: estimates are narrowest where the constant part dominates. */
const UNIFORM_PART = 0.5

/**
 * The probability of each to be among `size` of them: alike, or half alike and half in proportion to its uncertainty. Their sum is
 * `size`, none is above 1.
 */
export function probabilities(pool: readonly Drawable[], size: number, sampling: 'uniform' | 'uncertain'): number[] {
  const total = pool.reduce((sum, {uncertainty = 0}) => sum + uncertainty, 0)
  const shares = pool.map(({uncertainty = 0}) =>
    sampling === 'uniform' || total === 0
      ? 1 / pool.length
      : UNIFORM_PART / pool.length + ((1 - UNIFORM_PART) * uncertainty) / total,
  )
  return capped(shares, Math.min(size, pool.length))
}

/** What would be above 1 is taken for sure; the rest shares what is left. */
function capped(shares: readonly number[], size: number): number[] {
  const sure = new Set<number>()
  for (;;) {
    const open = shares.reduce((sum, share, i) => sum + (sure.has(i) ? 0 : share), 0)
    const scale = open === 0 ? 0 : (size - sure.size) / open
    const over = shares.flatMap((share, i) => (!sure.has(i) && share * scale > 1 ? [i] : []))
    if (over.length === 0) return shares.map((share, i) => (sure.has(i) ? 1 : share * scale))
    for (const i of over) sure.add(i)
  }
}

/**
 * Systematic sampling (Madow 1949) of a list in random order: exactly as many as the probabilities' sum, each with its own.
 * @returns places in random order
 */
export function drawPlaces(chances: readonly number[], random: Random): number[] {
  const order = shuffled([...chances.keys()], random)
  const start = random.unit()
  let reached = 0
  const drawn = order.filter(place => {
    const before = Math.ceil(reached - start)
    reached += chances[place] ?? 0
    // Sums of fractions miss whole numbers by a few last bits.
    return Math.ceil(reached - start - 1e-9) > before
  })
  return shuffled(drawn, random)
}

/**
 * The pool's size as the drawn ones tell it (Horvitz and Thompson 1952: Σ 1/π), with its standard error by Hájek's approximation of 1964
 * for samples of a fixed size. Drawn alike they tell it exactly.
 * @param chances of those that were drawn
 * @example
 * poolEstimate([0.5, 0.5, 0.5]) // {size: 6, standard_error: 0}
 */
export function poolEstimate(chances: readonly number[]): {size: number; standard_error: number} {
  const n = chances.length
  const size = chances.reduce((sum, chance) => sum + 1 / chance, 0)
  // What was taken for sure does not vary.
  const open = chances.reduce((sum, chance) => sum + 1 - chance, 0)
  if (n < 2 || open === 0) return {size, standard_error: 0}
  const centre = chances.reduce((sum, chance) => sum + (1 - chance) / chance, 0) / open
  const spread = chances.reduce((sum, chance) => sum + (1 - chance) * (1 / chance - centre) ** 2, 0)
  return {size, standard_error: Math.sqrt((n / (n - 1)) * spread)}
}

export function shuffled(places: readonly number[], random: Random): number[] {
  return inBlocks(places, 1, random)
}
