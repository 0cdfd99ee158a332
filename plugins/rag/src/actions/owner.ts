import {existsSync, statSync} from 'node:fs'
import {resolve} from 'node:path'
import type {CommandResult, Runtime, Message} from '@ep23/sdk'
import {type History, readConfigFile, withConfigLock, readHistory, writeConfigFile} from '../adapters/config-files.js'
import {isSignedBy, makeOwnerKey, notOwner, type OwnerKey, readOwnerKey} from '../adapters/owner-key.js'
import {readSeenOwners} from '../adapters/seen-owners.js'
import {OWNER_KEY, valueOf} from '../domain/config-keys.js'
import type {ConfigText} from '../domain/config-yaml.js'
import {editConfigYaml} from '../domain/edit-config-yaml.js'
import {checkHistory, fingerprintOf} from '../usecases/verify-config.js'
import type {OwnerFlags} from '../flags.js'
import {configPath} from './config-in-force.js'
import {ownerKeyPath, sessionOf} from './owner-session.js'
import {countingRefusals, recordChange} from './record.js'
import {verbatim} from '@ep23/sdk'
import {message} from '../words/words.js'

export interface OwnerData {
  config: string
  public_key: string | null
  /** Of the public key: what others pin. */
  fingerprint: string | null
  key_file: string
  /** Whether the private key at hand is the owner's. */
  is_owner: boolean
}

/** Makes the key and signs the configuration for the first time, or finishes what was interrupted at that. */
export async function initOwner(runtime: Runtime, flags: OwnerFlags): Promise<CommandResult<OwnerData>> {
  const path = configPath(flags, runtime.settings)
  // A file that is not there or not right is named before a lock is made beside it.
  await readConfigFile(path)
  return countingRefusals(runtime, () =>
    withConfigLock(path, () =>
      takeOver(runtime, path, {key: ownerKeyPath(flags.key, flags.dataDir), dataDir: flags.dataDir}),
    ),
  )
}

async function takeOver(
  runtime: Runtime,
  path: string,
  {key, dataDir}: {key: string; dataDir: string},
): Promise<CommandResult<OwnerData>> {
  const [config, history] = await Promise.all([readConfigFile(path), readHistory(path)])
  const owner = await resumeInit(runtime, config, history, key)
  if (owner !== undefined) return becameOwner(path, owner, key)
  refuseOwned(config, history)
  const own = await ownKey(path, key, dataDir)
  const after = editConfigYaml(config, OWNER_KEY, own.publicKey)
  await sessionOf(runtime, path, config, history, own).write(after, 'init', message('ownerTakesOver').english)
  return becameOwner(path, own, key)
}

/**
 * Finishes what was killed after the history was written and before the configuration was: only with the key that signed the one
 * entry, and only while the file is what that entry was made from.
 */
async function resumeInit(
  runtime: Runtime,
  config: ConfigText,
  history: History,
  keyFile: string,
): Promise<OwnerKey | undefined> {
  const [begun, ...later] = history.entries
  if (valueOf(config.values, OWNER_KEY) !== null || begun?.action !== 'init' || later.length > 0) return undefined
  if (!existsSync(keyFile)) return undefined
  const key = await readOwnerKey(keyFile)
  const isTheirs = checkHistory(key.publicKey, history, isSignedBy).length === 0
  if (!isTheirs || editConfigYaml(config, OWNER_KEY, key.publicKey).text !== begun.content) return undefined
  const {values} = await writeConfigFile(config.file, begun.content)
  recordChange(runtime, 'init', values)
  return key
}

function refuseOwned({file, values}: ConfigText, {entries}: History): void {
  if (valueOf(values, OWNER_KEY) !== null || entries.length > 0)
    throw notOwner(message('hasOwner', {file}), [verbatim('see ep23 rag:owner:show')])
}

/**
 * The key that lies there already, as after a run that was killed once it was written, else a new one.
 * @throws Ep23Error RAG_NOT_OWNER (77) when this user has seen the configuration signed: what was taken out of it is not signed anew
 */
async function ownKey(path: string, keyFile: string, dataDir: string): Promise<OwnerKey> {
  if (!statSync(keyFile, {throwIfNoEntry: false})?.isFile()) return makeOwnerKey(keyFile)
  const seen = (await readSeenOwners(dataDir)).find(({config}) => config === resolve(path))
  if (seen !== undefined) throw notOwner(message('wasOwned', {path, owner: seen.owner}), [message('bringBothBack')])
  return readOwnerKey(keyFile)
}

function becameOwner(config: string, {publicKey}: OwnerKey, key_file: string): CommandResult<OwnerData> {
  const fingerprint = fingerprintOf(publicKey)
  return {
    data: {config, public_key: publicKey, fingerprint, key_file, is_owner: true},
    text: [
      message('privateKey', {key_file}),
      message('publicKeyWritten', {publicKey, config}),
      message('fingerprint', {fingerprint}),
      message('commitBoth'),
    ],
  }
}

export async function showOwner(runtime: Runtime, flags: OwnerFlags): Promise<CommandResult<OwnerData>> {
  const config = configPath(flags, runtime.settings)
  const public_key = valueOf((await readConfigFile(config)).values, OWNER_KEY) as string | null
  const key_file = ownerKeyPath(flags.key, flags.dataDir)
  const own = existsSync(key_file) ? (await readOwnerKey(key_file)).publicKey : undefined
  const fingerprint = public_key === null ? null : fingerprintOf(public_key)
  const data = {config, public_key, fingerprint, key_file, is_owner: own !== undefined && own === public_key}
  return {data, text: renderOwner(data, own !== undefined)}
}

function renderOwner({config, public_key, fingerprint, key_file, is_owner}: OwnerData, hasKey: boolean): Message[] {
  if (public_key === null) return [message('hasNoOwner', {config})]
  const whose = is_owner ? message('isYours') : message('isNotYours')
  return [
    message('ownedBy', {config, public_key}),
    message('fingerprintIs', {fingerprint: String(fingerprint)}),
    hasKey ? message('theKey', {key_file, whose}) : message('noSuchKey', {key_file}),
  ]
}
