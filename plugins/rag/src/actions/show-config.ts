import {resolve} from 'node:path'

import {type CommandResult, joined, type Message, type Text, verbatim} from '@ep23/sdk'

import {readConfigFile, readHistory} from '../adapters/config-files.js'
import {isSignedBy} from '../adapters/owner-key.js'
import {keepSeenOwner, readSeenOwners} from '../adapters/seen-owners.js'
import {type Canary, canaryOf} from '../domain/canary.js'
import {CONFIG_KEYS, type ConfigValue, GUARDED_FLAG, valueOf} from '../domain/config-keys.js'
import {checkSeen, type ConfigVerification, type OwnerPin, verifyConfig} from '../usecases/verify-config.js'
import {show} from '../usecases/render-config.js'
import {message} from '../words/words.js'

export interface ShownConfig {
  path: string
  version: number | null
  signed: boolean
  /** Whether reranking may be on for users: the flag stands at true and the owner signed the file. */
  rag_plus_plus: boolean
  /** What `rag:config:verify` finds; empty when the file is signed. */
  findings: Message[]
  /** What a share of the users gets instead; it counts only when the file is signed. */
  canary: Canary | null
  settings: {key: string; value: ConfigValue; origin: 'file' | 'default'}[]
}

export interface VerifyOptions extends OwnerPin {
  /** The user's own, where it is remembered who owned what. */
  dataDir: string
}

/** The file held against its history, and against what this user has seen of it before; what is found right is remembered. */
export async function verifyConfigFile(path: string, {dataDir, ...pin}: VerifyOptions): Promise<ConfigVerification> {
  const config = resolve(path)
  const [file, history, seen] = await Promise.all([readConfigFile(path), readHistory(path), readSeenOwners(dataDir)])
  const verification = verifyConfig(file, history, isSignedBy, pin)
  const {owner, verdict, findings} = verification
  const [first] = history.entries
  const sighting = {config, owner, version: history.entries.length, ...(first && {history: first.signature})}
  const unexpected = checkSeen(sighting, seen, pin)
  if (unexpected.length > 0) return {...verification, verdict: 'not signed', findings: [...findings, ...unexpected]}
  if (verdict === 'signed' && owner !== null) await keepSeenOwner(dataDir, {...sighting, owner})
  return verification
}

export async function showConfig(path: string, options: VerifyOptions): Promise<CommandResult<ShownConfig>> {
  const {values} = await readConfigFile(path)
  const {verdict, version, findings} = await verifyConfigFile(path, options)
  const signed = verdict === 'signed'
  const settings = CONFIG_KEYS.map(({path: key}) => ({
    key,
    value: valueOf(values, key),
    origin: values.has(key) ? ('file' as const) : ('default' as const),
  }))
  const wanted = valueOf(values, GUARDED_FLAG) === true
  const data = {path, version, signed, rag_plus_plus: wanted && signed, findings, canary: canaryOf(values), settings}
  const warnings =
    wanted && !signed ? [message('doesNotCount', {flag: GUARDED_FLAG, findings: joined(findings, '; ')})] : []
  return {data, text: renderShown(data), warnings}
}

function renderShown({path, version, signed, findings, canary, settings}: ShownConfig): Text[] {
  return [
    ...settings.map(({key, value, origin}) =>
      joined([`${key.padEnd(46)} ${show(value)}`, origin === 'default' ? message('byDefault') : ''], ''),
    ),
    ...(canary === null ? [] : ['', ...renderCanary(canary)]),
    '',
    signed ? message('signedVersion', {path, version: version ?? 0}) : message('notSignedByOwner', {path}),
    ...findings.map(finding => joined(['✖', finding], ' ')),
  ]
}

function renderCanary({percent, setting}: Canary): Message[] {
  return [
    message('usersGetInstead', {percent}),
    ...Object.entries(setting).map(([key, value]) => verbatim(`  ${key.padEnd(44)} ${show(value)}`)),
  ]
}
