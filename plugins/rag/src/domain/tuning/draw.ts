import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {mersenne} from 'pure-rand/generator/mersenne'

/** `count` different whole numbers below `size`, in random order (Fisher and Yates, on a sparse array). */
export function drawDistinct(size: number, count: number, seed: number): number[] {
  const random = mersenne(seed)
  const moved = new Map<number, number>()
  return Array.from({length: Math.min(count, size)}, (_, place) => {
    const other = uniformInt(random, place, size - 1)
    const drawn = moved.get(other) ?? other
    moved.set(other, moved.get(place) ?? place)
    return drawn
  })
}

/** Parts of the items at random: `share` of them, at least two on either side. @throws RangeError for fewer than four */
export function splitAtRandom<T>(items: readonly T[], share: number, seed: number): [T[], T[]] {
  if (items.length < 4) throw new RangeError(`${items.length} items cannot be split: four are needed`)
  const order = drawDistinct(items.length, items.length, seed)
  const first = Math.min(items.length - 2, Math.max(2, Math.round(items.length * share)))
  return [order.slice(0, first).map(place => items[place]!), order.slice(first).map(place => items[place]!)]
}
