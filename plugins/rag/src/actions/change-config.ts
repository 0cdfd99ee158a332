import {type CommandResult, type Runtime, usageError, verbatim} from '@ep23/sdk'
import {withConfigLock, readHistory, readConfigFile, type History} from '../adapters/config-files.js'
import {notOwner, readOwnerKey} from '../adapters/owner-key.js'
import {isOfCanary} from '../domain/canary.js'
import {
  readArgument,
  type ConfigChange,
  configKey,
  OWNER_KEY,
  type ConfigValues,
  diffValues,
} from '../domain/config-keys.js'
import type {HistoryEntry} from '../domain/config-history.js'
import {type ConfigText, readConfigYaml} from '../domain/config-yaml.js'
import {editConfigYaml} from '../domain/edit-config-yaml.js'
import {previousVersion} from '../usecases/config-versions.js'
import {renderChange} from '../usecases/render-config.js'
import {configPath} from './config-in-force.js'
import {asOwner, ownerKeyPath, type OwnerSession, requireHistory, requireSigned, sessionOf} from './owner-session.js'
import {countingRefusals} from './record.js'
import type {ChangeFlags} from '../flags.js'
import {message} from '../words/words.js'

export interface WrittenConfig {
  path: string
  /** Null when nothing had to be written. */
  version: number | null
  changes: ConfigChange[]
}

/** Sets one key for the owner. */
export async function setConfig(
  runtime: Runtime,
  flags: ChangeFlags,
  {name, value}: {name: string; value: string},
): Promise<CommandResult<WrittenConfig>> {
  const path = configPath(flags, runtime.settings)
  return asOwner(runtime, path, ownerKeyPath(flags.key, flags.dataDir), async session => {
    requireSigned(session)
    const after = editedBy(session.config, name, value)
    if (after.text === session.config.text)
      return {data: {path, version: null, changes: []}, text: [message('alreadyIs', {name, value})]}
    return written(runtime, path, await session.write(after, 'set', flags.why))
  })
}

function editedBy(config: ConfigText, name: string, value: string): ConfigText {
  if (name === OWNER_KEY) throw usageError(message('ownerNotSet'), [verbatim('see ep23 rag:owner:init --help')])
  if (isOfCanary(name)) throw usageError(message('canaryNotSet'), [message('seeCanaryHelp')])
  const key = configKey(name)
  return editConfigYaml(config, name, key ? readArgument(key, value) : value)
}

/** Brings back a version for the owner; the file as it stands need not even parse. */
export async function rollbackConfig(
  runtime: Runtime,
  flags: ChangeFlags,
  wanted: number | undefined,
): Promise<CommandResult<WrittenConfig>> {
  const path = configPath(flags, runtime.settings)
  const key = ownerKeyPath(flags.key, flags.dataDir)
  const restore = () => openRollback(runtime, path, key, wanted)
  return countingRefusals(runtime, async () => {
    await restore()
    return withConfigLock(path, async () => {
      const {session, content} = await restore()
      return written(runtime, path, await session.write(readConfigYaml(path, content), 'rollback', flags.why))
    })
  })
}

/** @throws Ep23Error RAG_NOT_OWNER (77), USAGE (64) for a version that there is not */
async function openRollback(
  runtime: Runtime,
  path: string,
  keyPath: string,
  wanted: number | undefined,
): Promise<{session: OwnerSession; content: string}> {
  const history = await readHistory(path)
  const version = wanted ?? previousVersion(history.entries)
  if (version === 0) throw usageError(message('noVersionBefore'), [message('chooseVersion')])
  const entry = entryAt(history, version)
  const key = await readOwnerKey(keyPath)
  const last = history.entries.at(-1) ?? entry
  if (key.publicKey !== last.public_key) throw notOwner(message('notLastKey'))
  requireHistory(key.publicKey, history)
  const before = readConfigYaml(`version ${last.version}`, last.content)
  return {session: sessionOf(runtime, path, before, history, key), content: entry.content}
}

function written(
  runtime: Runtime,
  path: string,
  {version, diff, action, why}: HistoryEntry,
): CommandResult<WrittenConfig> {
  runtime.describeRun({rag_config: {path, version, action, why, changes: diff}})
  return {
    data: {path, version, changes: diff},
    text: [
      message('valueSigned', {path, version}),
      ...(diff.length === 0 ? [message('noValueChanged')] : diff.map(renderChange)),
    ],
  }
}

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
  return {data, text: changes.length === 0 ? [message('noValueDiffers')] : changes.map(renderChange)}
}

/** @throws Ep23Error USAGE (64) naming the versions that there are */
export function entryAt({path, entries}: History, version: number): HistoryEntry {
  const entry = entries[version - 1]
  if (entry !== undefined) return entry
  if (entries.length === 0) throw usageError(message('noVersionYet', {path}), [message('becomeOwner')])
  throw usageError(message('noVersion', {version, path, last: entries.length}), [message('seeHistory')])
}

function valuesAt(history: History, version: number): ConfigValues {
  return readConfigYaml(`${history.path}, version ${version}`, entryAt(history, version).content).values
}
