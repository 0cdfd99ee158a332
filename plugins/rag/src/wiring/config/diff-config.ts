import {type CommandResult, usageError} from '@ep23/sdk'
import {readConfigFile, type History, readHistory} from '../../adapters/config-files.js'
import {type ConfigChange, type ConfigValues, diffValues} from '../../domain/config-keys.js'
import type {HistoryEntry} from '../../domain/config-history.js'
import {readConfigYaml} from '../../domain/config-yaml.js'
import {renderChange} from '../../usecases/config/render-config.js'

export interface ConfigDiff {
  path: string
  from: number
  /** Null for the file as it stands. */
  to: number | null
  changes: ConfigChange[]
}

export async function diffConfig(
  path: string,
  versions: {from: number | undefined; to: number | undefined},
): Promise<CommandResult<ConfigDiff>> {
  const history = await readHistory(path)
  const from = versions.from ?? history.entries.length
  const after = versions.to === undefined ? (await readConfigFile(path)).values : valuesAt(history, versions.to)
  const changes = diffValues(valuesAt(history, from), after)
  const data = {path, from, to: versions.to ?? null, changes}
  return {data, text: changes.length === 0 ? ['no value differs'] : changes.map(renderChange)}
}

/** @throws Ep23Error USAGE (64) naming the versions that there are */
export function entryAt({path, entries}: History, version: number): HistoryEntry {
  const entry = entries[version - 1]
  if (entry !== undefined) return entry
  if (entries.length === 0) throw usageError(`${path} holds no version yet`, ['become the owner: ep23 rag:owner:init'])
  throw usageError(`there is no version ${version}: ${path} holds 1 to ${entries.length}`, [
    'see ep23 rag:config:history',
  ])
}

function valuesAt(history: History, version: number): ConfigValues {
  return readConfigYaml(`${history.path}, version ${version}`, entryAt(history, version).content).values
}
