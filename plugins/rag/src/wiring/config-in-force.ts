import {existsSync} from 'node:fs'

import {readConfigFile, DEFAULT_CONFIG_PATH} from '../adapters/config/config-file.js'
import {configSettings} from '../domain/config-settings.js'
import type {ConfigValues} from '../domain/config-keys.js'
import type {RetrievalRerankConfig} from '../retrieval/retrieval-config.js'

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
