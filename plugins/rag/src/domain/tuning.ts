import type {ConfigValue} from './config-keys.js'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {mersenne} from 'pure-rand/generator/mersenne'

/** One key of the configuration with the values that are to be tried. */
export interface Knob {
  path: string
  values: readonly ConfigValue[]
}

/** Key → value, in the order of the space: what a trial changes in the configuration. */
export type Setting = Readonly<Record<string, ConfigValue>>

/** How many settings a space holds. */
export function spaceSize(knobs: readonly Knob[]): number {
  return knobs.reduce((size, {values}) => size * values.length, 1)
}

/** The setting with this number, from 0; the last knob changes fastest. */
export function settingAt(knobs: readonly Knob[], number: number): Setting {
  let rest = number
  const entries = knobs.toReversed().map(({path, values}) => {
    const value = values[rest % values.length] ?? null
    rest = Math.floor(rest / values.length)
    return [path, value] as const
  })
  return Object.fromEntries(entries.toReversed())
}

/** Whether a promotion may change this key: how posts are found and reranked, but neither the bar it is held to nor flag nor owner. */
export function isKnob(path: string): boolean {
  return /^(?:retrieval|reranker)\./u.test(path) && path !== 'reranker.adaptive_threshold'
}

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

/** `count` different items in random order. */
export function drawItems<T>(items: readonly T[], count: number, seed: number): T[] {
  return itemsAt(items, drawDistinct(items.length, count, seed))
}

function itemsAt<T>(items: readonly T[], indexes: readonly number[]): T[] {
  return indexes.flatMap(index => items.slice(index, index + 1))
}

/** Parts of the items at random: `share` of them, at least two on either side. @throws RangeError for fewer than four */
export function splitAtRandom<T>(items: readonly T[], share: number, seed: number): [T[], T[]] {
  if (items.length < 4) throw new RangeError(`${items.length} items cannot be split: four are needed`)
  const order = drawDistinct(items.length, items.length, seed)
  const first = Math.min(items.length - 2, Math.max(2, Math.round(items.length * share)))
  return [itemsAt(items, order.slice(0, first)), itemsAt(items, order.slice(first))]
}

/** What is weighed against each other; unmeasured repeatability is the worst. */
export interface Objectives {
  /** Higher is better. */
  quality: number
  /** Variance ratio: lower is better. */
  varianceRatio: number
  /** Lower is better. */
  latencySeconds: number
}

/** The items that no other one beats: none is as good in everything and better in something. In their order. */
export function paretoFront<T>(items: readonly T[], objectivesOf: (item: T) => Objectives): T[] {
  const measured = items.map(item => ({item, objectives: objectivesOf(item)}))
  return measured
    .filter(({objectives}) => !measured.some(other => dominates(other.objectives, objectives)))
    .map(({item}) => item)
}

function dominates(a: Objectives, b: Objectives): boolean {
  const gains = [a.quality - b.quality, b.varianceRatio - a.varianceRatio, b.latencySeconds - a.latencySeconds]
  return gains.every(gain => gain >= 0) && gains.some(gain => gain > 0)
}
