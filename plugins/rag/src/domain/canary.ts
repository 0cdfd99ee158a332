import {configKey, type ConfigKey, type ConfigValue, type ConfigValues, isSection, valueOf} from './config-keys.js'
import {isKnob, type Setting} from './tuning.js'
import {message} from '../words/words.js'

/** The section of the values that only a share of the users gets. */
export const CANARY = 'canary'
export const CANARY_PERCENT = `${CANARY}.percent`

const PREFIX = `${CANARY}.`

export interface Canary {
  /** Of the users, 1 to 99. */
  percent: number
  /** What they get; all other keys stay as for everybody. */
  setting: Setting
}

const percentKey: Pick<ConfigKey, 'expected' | 'accepts'> = {
  expected: message('wholePercent'),
  accepts: value => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 99,
}

/** What the section takes under this path: the share, and every knob of retrieval and reranking under its own path. */
export function canaryKey(path: string): Pick<ConfigKey, 'expected' | 'accepts'> | undefined {
  if (path === CANARY_PERCENT) return percentKey
  const knob = path.slice(PREFIX.length)
  return path.startsWith(PREFIX) && isKnob(knob) ? configKey(knob) : undefined
}

/** Whether a dotted path lies in the section, known or not. */
export function isOfCanary(path: string): boolean {
  return path === CANARY || path.startsWith(PREFIX)
}

export function isCanarySection(path: string): boolean {
  return path === CANARY || (path.startsWith(PREFIX) && isSection(path.slice(PREFIX.length)))
}

/** The canary that a configuration holds; null without one. */
export function canaryOf(values: ConfigValues): Canary | null {
  const percent = values.get(CANARY_PERCENT)
  if (typeof percent !== 'number') return null
  const knobs = [...values].filter(([path]) => path.startsWith(PREFIX) && path !== CANARY_PERCENT)
  return {percent, setting: Object.fromEntries(knobs.map(([path, value]) => [path.slice(PREFIX.length), value]))}
}

/** The part of a setting that differs from what everybody has. */
export function differingPart(values: ConfigValues, setting: Setting): Setting {
  const entries: [string, ConfigValue][] = Object.entries(setting)
  return Object.fromEntries(entries.filter(([key, value]) => valueOf(values, key) !== value))
}

export function isSameSetting(a: Setting, b: Setting): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every(key => a[key] === b[key])
}
