import type {ConfigValue} from '../config-keys.js'

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
    const value = values[rest % values.length]!
    rest = Math.floor(rest / values.length)
    return [path, value] as const
  })
  return Object.fromEntries(entries.toReversed())
}

/** Whether a promotion may change this key: how posts are found and reranked, but neither the bar it is held to nor flag nor owner. */
export function isKnob(path: string): boolean {
  return /^(?:retrieval|reranker)\./u.test(path) && path !== 'reranker.adaptive_threshold'
}
