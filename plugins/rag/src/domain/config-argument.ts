import type {ConfigKey, ConfigValue} from './config-keys.js'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u
const WORDS: ReadonlyMap<string, ConfigValue> = new Map<string, ConfigValue>([
  ['true', true],
  ['false', false],
])

/** What a user typed as a value: a number, true, false or null where the key takes one, else the text itself. */
export function readArgument({accepts}: Pick<ConfigKey, 'accepts'>, typed: string): ConfigValue {
  const value = WORDS.get(typed) ?? (NUMBER.test(typed) ? Number(typed) : typed)
  if (typed === 'null' && accepts(null)) return null
  return accepts(value) ? value : typed
}
