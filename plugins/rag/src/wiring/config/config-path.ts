import {resolve} from 'node:path'

import type {Settings} from '@ep23/sdk'

import {DEFAULT_CONFIG_PATH} from '../../adapters/config-files.js'

interface ConfigFlags {
  'rag-config': string | undefined
  config: string | undefined
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
