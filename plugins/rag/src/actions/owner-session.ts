import {hostname, userInfo} from 'node:os'
import {join, resolve} from 'node:path'
import {badDataError, type Runtime, usageError, joined} from '@ep23/sdk'
import {
  readConfigFile,
  writeConfigFile,
  withConfigLock,
  appendHistory,
  type History,
  readHistory,
} from '../adapters/config-files.js'
import {isSignedBy, notOwner, type OwnerKey, readOwnerKey} from '../adapters/owner-key.js'
import {OWNER_KEY} from '../domain/config-keys.js'
import type {HistoryAction, HistoryEntry} from '../domain/config-history.js'
import type {ConfigText} from '../domain/config-yaml.js'
import {signChange} from '../usecases/config-versions.js'
import {checkHistory, verifyConfig} from '../usecases/verify-config.js'
import {countingRefusals, recordChange} from './record.js'
import {message} from '../words/words.js'

/** The right to change one configuration, proved by the key. */
export interface OwnerSession {
  config: ConfigText
  history: History
  /** Writes the history's new entry, then the file: after a crash in between, verify finds the file one version behind. */
  write(after: ConfigText, action: HistoryAction, why: string): Promise<HistoryEntry>
}

export function ownerKeyPath(named: string | undefined, dataDir: string): string {
  if (named?.trim() === '') throw usageError(message('keyBlank'), [message('nameFileOrLeave')])
  return named === undefined ? join(dataDir, 'rag-owner.key') : resolve(named)
}

/**
 * Lets the owner work on a configuration while nobody else changes it.
 * @throws Ep23Error RAG_NOT_OWNER (77) without the owner's key, RAG_CONFIG_BUSY (75) when another process is at it
 */
export async function asOwner<T>(
  runtime: Runtime,
  path: string,
  keyPath: string,
  work: (session: OwnerSession) => Promise<T>,
): Promise<T> {
  return countingRefusals(runtime, async () => {
    // Who is not the owner is told so, and takes no lock.
    await openOwnerSession(runtime, path, keyPath)
    return withConfigLock(path, async () => work(await openOwnerSession(runtime, path, keyPath)))
  })
}

async function openOwnerSession(runtime: Runtime, path: string, keyPath: string): Promise<OwnerSession> {
  const config = await readConfigFile(path)
  const history = await readHistory(path)
  const owner = config.values.get(OWNER_KEY)
  if (typeof owner !== 'string') throw notOwner(message('noOwnerYet', {path}), [message('becomeOwner')])
  const key = await readOwnerKey(keyPath)
  if (key.publicKey !== owner) throw notOwner(message('notOwnersKey', {keyPath, path}))
  return sessionOf(runtime, path, config, history, key)
}

export function sessionOf(
  runtime: Runtime,
  path: string,
  config: ConfigText,
  history: History,
  key: OwnerKey,
): OwnerSession {
  return {
    config,
    history,
    async write(after, action, why) {
      const change = {action, why, who: `${userInfo().username}@${hostname()}`, at: runtime.clock.now()}
      const entry = signChange(key, history.lines, {before: config, after}, change)
      await appendHistory(history, entry)
      await writeConfigFile(path, after.text)
      recordChange(runtime, action, after.values)
      return entry
    },
  }
}

/**
 * A signature must not cover what somebody else did.
 * @throws Ep23Error RAG_CONFIG_UNSIGNED (65) unless the file stands as it was signed last
 */
export function requireSigned({config, history}: OwnerSession): void {
  const {findings} = verifyConfig(config, history, isSignedBy)
  if (findings.length === 0) return
  throw badDataError('RAG_CONFIG_UNSIGNED', joined(findings, '; '), [
    message('seeDifference'),
    message('bringBackSigned', {version: history.entries.length}),
  ])
}

/** A version is brought back only from a history that is whole. @throws Ep23Error RAG_HISTORY_CHANGED (65) */
export function requireHistory(owner: string, history: History): void {
  const findings = checkHistory(owner, history, isSignedBy)
  if (findings.length === 0) return
  throw badDataError('RAG_HISTORY_CHANGED', joined([history.path, joined(findings, '; ')], ': '), [
    message('bringBackHistory'),
  ])
}
