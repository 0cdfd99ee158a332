import {xoroshiro128plusFromState} from 'pure-rand/generator/xoroshiro128plus'

import {requireCount} from '../measurement.js'

/** A reproducible stream of random numbers. */
export interface Random {
  /** A whole number from 0 to n − 1; the bias of at most n / 2³² is far below what any resampling can show. */
  below(n: number): number
  /** A number from 0 to 1, 1 excluded, in steps of 2⁻³². */
  unit(): number
}

/**
 * xoroshiro128+ from a whole-number seed of up to 53 bits. The seed goes through splitmix32 first: pure-rand's own seeding
 * leaves the first numbers of small seeds near 1 and alike. The upper bits are used, the lowest of this generator are weak.
 */
export function seededRandom(seed: number): Random {
  requireCount(seed, 'seed', 0)
  const generator = xoroshiro128plusFromState(scramble(seed))
  return {
    below: n => Math.floor((generator.next() >>> 0) * (n / 2 ** 32)),
    unit: () => (generator.next() >>> 0) / 2 ** 32,
  }
}

function scramble(seed: number): number[] {
  let state = ((seed % 2 ** 32) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b)) | 0
  return [1, 2, 3, 4].map(() => {
    state = (state + 0x9e3779b9) | 0
    return mix(state)
  })
}

function mix(state: number): number {
  const half = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
  const most = Math.imul(half ^ (half >>> 15), 0x735a2d97)
  return most ^ (most >>> 15)
}

/** The values in random order, `block` neighbours at a time staying together; the circle is cut at a random place. */
export function inBlocks(values: readonly number[], block: number, random: Random): number[] {
  const cut = block > 1 ? random.below(values.length) : 0
  const order = Array.from({length: Math.ceil(values.length / block)}, (_, i) => i)
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const [here, there] = [order[i] ?? 0, order[j] ?? 0]
    order[i] = there
    order[j] = here
  }
  const places: number[] = []
  for (const i of order)
    for (let k = i * block; k < Math.min((i + 1) * block, values.length); k++) places.push((cut + k) % values.length)
  return places.map(place => values[place] ?? Number.NaN)
}
