import type {RetrievalRerankConfig} from '../retrieval/retrieval-config.js'
import {CONFIG_KEYS, type ConfigValue, type ConfigValues, valueOf} from './config-keys.js'

type Section = {[name: string]: Section | ConfigValue}

/** The whole configuration with defaults for what the file leaves out. */
export function configSettings(values: ConfigValues): RetrievalRerankConfig {
  const root: Section = {}
  for (const {path} of CONFIG_KEYS) {
    const names = path.split('.')
    const section = names.slice(0, -1).reduce<Section>((at, name) => (at[name] ??= {}) as Section, root)
    section[names.at(-1)!] = valueOf(values, path)
  }
  return root as unknown as RetrievalRerankConfig
}

/** Dotted path → effective value of every key. */
export function effectiveValues(values: ConfigValues): Record<string, ConfigValue> {
  return Object.fromEntries(CONFIG_KEYS.map(({path}) => [path, valueOf(values, path)]))
}
