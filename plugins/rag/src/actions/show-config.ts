import type {CommandResult} from '@ep23/sdk'
import {readConfigFile, readHistory} from '../adapters/config-files.js'
import {isSignedBy} from '../adapters/owner-key.js'
import {type Canary, canaryOf} from '../domain/canary.js'
import {CONFIG_KEYS, type ConfigValue, GUARDED_FLAG, valueOf} from '../domain/config-keys.js'
import {type OwnerPin, type ConfigVerification, verifyConfig} from '../usecases/verify-config.js'
import {show} from '../usecases/render-config.js'

export interface ShownConfig {
  path: string
  version: number | null
  signed: boolean
  /** Whether reranking may be on for users: the flag stands at true and the owner signed the file. */
  rag_plus_plus: boolean
  /** What a share of the users gets instead; it counts only when the file is signed. */
  canary: Canary | null
  settings: {key: string; value: ConfigValue; origin: 'file' | 'default'}[]
}

/** The file held against its history. */
export async function verifyConfigFile(path: string, pin: OwnerPin = {}): Promise<ConfigVerification> {
  return verifyConfig(await readConfigFile(path), await readHistory(path), isSignedBy, pin)
}

export async function showConfig(path: string, pin: OwnerPin = {}): Promise<CommandResult<ShownConfig>> {
  const {values} = await readConfigFile(path)
  const {verdict, version, findings} = await verifyConfigFile(path, pin)
  const signed = verdict === 'signed'
  const settings = CONFIG_KEYS.map(({path: key}) => ({
    key,
    value: valueOf(values, key),
    origin: values.has(key) ? ('file' as const) : ('default' as const),
  }))
  const wanted = valueOf(values, GUARDED_FLAG) === true
  const data = {path, version, signed, rag_plus_plus: wanted && signed, canary: canaryOf(values), settings}
  const warnings = wanted && !signed ? [`${GUARDED_FLAG} does not count: ${findings.join('; ')}`] : []
  return {data, text: renderShown(data), warnings}
}

function renderShown({path, version, signed, canary, settings}: ShownConfig): string[] {
  return [
    ...settings.map(
      ({key, value, origin}) => `${key.padEnd(46)} ${show(value)}${origin === 'default' ? '  (default)' : ''}`,
    ),
    ...(canary === null ? [] : ['', ...renderCanary(canary)]),
    '',
    signed ? `${path}, version ${version}, signed by its owner` : `${path}, not signed by an owner`,
  ]
}

function renderCanary({percent, setting}: Canary): string[] {
  return [
    `${percent} % of the users get instead:`,
    ...Object.entries(setting).map(([key, value]) => `  ${key.padEnd(44)} ${show(value)}`),
  ]
}
