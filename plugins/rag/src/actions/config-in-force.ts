import {existsSync} from 'node:fs'
import {usageError, type Settings} from '@ep23/sdk'
import {readConfigFile} from '../adapters/config-files.js'
import {configSettings, DEFAULT_CONFIG_PATH, type ConfigValue, type ConfigValues} from '../domain/config-keys.js'
import type {RetrievalRerankConfig} from '../retrieval/retrieval-config.js'
import {resolve} from 'node:path'
import type {ConfigFlags} from '../flags.js'
import {message} from '../words/words.js'

export interface ConfigInForce {
  /** Null when the project has no such file: then the defaults are in force. */
  path: string | null
  values: ConfigValues
  settings: RetrievalRerankConfig
}

/** The configuration of a file; a project without one works with the defaults, a file that was named must be there. */
export async function configInForce(path: string): Promise<ConfigInForce> {
  if (path === DEFAULT_CONFIG_PATH && !existsSync(path))
    return {path: null, values: new Map(), settings: configSettings(new Map())}
  const {values} = await readConfigFile(path)
  return {path, values, settings: configSettings(values)}
}

interface OverridingFlags {
  /** `off` for none. */
  'embeddings-model': string | undefined
  fusion?: string | undefined
}

/** The configuration with what flags say in its place, for this run only. */
export function withFlags(config: ConfigInForce, flags: OverridingFlags): ConfigInForce {
  const {'embeddings-model': model, fusion} = flags
  if (model?.trim() === '') throw usageError(message('embeddingsBlank'), [message('nameModelOrOff')])
  const values = new Map<string, ConfigValue>(config.values)
  if (model !== undefined) values.set('retrieval.embeddings.model', model === 'off' ? null : model)
  if (fusion !== undefined) values.set('retrieval.fusion.method', fusion)
  const settings = configSettings(values)
  if (fusion !== undefined && settings.retrieval.embeddings.model === null)
    throw usageError(message('fusionUseless'), [message('nameEmbeddingsModel')])
  return {...config, values, settings}
}

/**
 * Which retrieval configuration is meant: `--rag-config`, or what stands after `--config` when that file turns out to be one
 * rather than a settings file; else the project's own.
 */
export function configPath(flags: ConfigFlags, settings: Settings): string {
  const named = flags['rag-config'] ?? (isRetrievalConfig(settings) ? flags.config : undefined)
  return named === undefined ? DEFAULT_CONFIG_PATH : resolve(named)
}

function isRetrievalConfig(settings: Settings): boolean {
  return settings.section('retrieval') !== undefined || settings.section('reranker') !== undefined
}
