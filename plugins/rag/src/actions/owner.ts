import {existsSync} from 'node:fs'
import type {CommandResult, Runtime} from '@ep23/sdk'
import {readConfigFile, withConfigLock, readHistory} from '../adapters/config-files.js'
import {makeOwnerKey, notOwner, readOwnerKey} from '../adapters/owner-key.js'
import {OWNER_KEY, valueOf} from '../domain/config-keys.js'
import {editConfigYaml} from '../domain/edit-config-yaml.js'
import {fingerprintOf} from '../usecases/verify-config.js'
import type {OwnerFlags} from '../flags.js'
import {configPath} from './config-in-force.js'
import {ownerKeyPath, sessionOf} from './owner-session.js'
import {countingRefusals} from './record.js'

export interface OwnerData {
  config: string
  public_key: string | null
  /** Of the public key: what others pin. */
  fingerprint: string | null
  key_file: string
  /** Whether the private key at hand is the owner's. */
  is_owner: boolean
}

/** Makes the key and signs the configuration for the first time. */
export async function initOwner(runtime: Runtime, flags: OwnerFlags): Promise<CommandResult<OwnerData>> {
  const path = configPath(flags, runtime.settings)
  // A file that is not there or not right is named before a lock is made beside it.
  await readConfigFile(path)
  return countingRefusals(runtime, () =>
    withConfigLock(path, () => takeOver(runtime, path, ownerKeyPath(flags.key, flags.dataDir))),
  )
}

async function takeOver(runtime: Runtime, path: string, key_file: string): Promise<CommandResult<OwnerData>> {
  const [config, history] = await Promise.all([readConfigFile(path), readHistory(path)])
  if (valueOf(config.values, OWNER_KEY) !== null || history.entries.length > 0)
    throw notOwner(`${path} has an owner already; only the owner's key changes it`, ['see ep23 rag:owner:show'])
  const key = await makeOwnerKey(key_file)
  const after = editConfigYaml(config, OWNER_KEY, key.publicKey)
  await sessionOf(runtime, path, config, history, key).write(after, 'init', 'the owner takes the configuration over')
  const data = {
    config: path,
    public_key: key.publicKey,
    fingerprint: fingerprintOf(key.publicKey),
    key_file,
    is_owner: true,
  }
  return {
    data,
    text: [
      `private key ${key_file} (only you can read it: keep a copy in a safe place)`,
      `public key  ${key.publicKey}, written to ${path}`,
      `fingerprint ${data.fingerprint} (for those who verify: rag:config:verify --owner)`,
      'commit the configuration and its history together',
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

function renderOwner({config, public_key, fingerprint, key_file, is_owner}: OwnerData, hasKey: boolean): string[] {
  if (public_key === null) return [`${config} has no owner yet: ep23 rag:owner:init`]
  const whose = is_owner ? 'it is yours' : 'it is not yours'
  return [
    `${config} is owned by ${public_key}`,
    `fingerprint ${fingerprint}`,
    hasKey ? `the key ${key_file}: ${whose}` : `there is no key ${key_file}`,
  ]
}
