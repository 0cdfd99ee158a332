import {createHash} from 'node:crypto'

import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

/** A stream of reproducible choices. */
export interface RandomChoices {
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number
  pick<T>(items: readonly T[]): T
  shuffle<T>(items: readonly T[]): T[]
}

/**
 * Choices that depend on nothing but the parts of `key`: the same on every machine and in any order of generation. The key
 * is hashed, so that neighbouring seeds and days have nothing in common.
 */
export function randomOf(...key: readonly (string | number)[]): RandomChoices {
  const generator = xoroshiro128plus(createHash('sha256').update(JSON.stringify(key)).digest().readInt32LE())
  const integer = (from: number, to: number): number => uniformInt(generator, from, to)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[integer(0, items.length - 1)]
    if (item === undefined) throw new Error('there is nothing to pick from')
    return item
  }
  return {integer, pick, shuffle: items => shuffled(items, integer)}
}

// Fisher and Yates, from the end.
function shuffled<T>(items: readonly T[], integer: RandomChoices['integer']): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = integer(0, last)
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}
