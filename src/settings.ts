import {dirname, isAbsolute, resolve} from 'node:path'

import {badDataError, type Settings, type SettingValue} from '@ep23/sdk'

import {readConfigFile, type ConfigFile} from './config-file.js'
import {maskSecrets} from './mask-secrets.js'

interface Definition {
  flag?: string
  env?: readonly string[]
  /** Key in ep23.config.yaml. */
  file?: string
  fallback?: string
  secret?: boolean
  /** A file path: relative to the configuration file when it is set there, else to the working directory. */
  path?: boolean
}

const definitions = {
  store: {flag: 'store', env: ['EP23_STORE', 'MONGODB_URL'], file: 'store', fallback: '.ep23/store.sqlite', path: true},
  datasetDir: {flag: 'dataset-dir', env: ['EP23_DATASET_DIR'], file: 'dataset_dir', fallback: 'datasets', path: true},
  logDir: {env: ['EP23_LOG_DIR'], file: 'log_dir', fallback: '.ep23/logs', path: true},
  logLevel: {flag: 'log-level', env: ['EP23_LOG_LEVEL'], file: 'log_level', fallback: 'info'},
  lang: {env: ['EP23_LANG'], file: 'lang', fallback: 'ru'},
  llmUrl: {env: ['LLM_URL', 'OPENAI_BASE_URL'], file: 'llm_url'},
  llmApiKey: {env: ['OPENAI_API_KEY'], secret: true},
  otlpEndpoint: {env: ['OTEL_EXPORTER_OTLP_ENDPOINT']},
  telemetry: {env: ['EP23_TELEMETRY'], file: 'telemetry', fallback: 'on'},
  traceSample: {env: ['EP23_TRACE_SAMPLE'], file: 'trace_sample', fallback: '1'},
} as const satisfies Record<string, Definition>

export type SettingKey = keyof typeof definitions

interface Sources {
  flags: Readonly<Record<string, unknown>>
  env: Readonly<Record<string, string | undefined>>
  /** The working directory. */
  cwd: string
  /** The settings file shipped with ep23, used when the working directory has none. */
  shippedFile: string
}

type Resolved = Record<SettingKey, {value: string | undefined; origin: string}>

/** Resolves every setting once: flag > environment > file > default. */
export async function loadSettings(sources: Sources): Promise<Settings> {
  const file = await readConfigFile(sources)
  const resolved = Object.fromEntries(
    (Object.keys(definitions) as SettingKey[]).map(key => [key, resolveSetting(definitions[key], sources, file)]),
  ) as Resolved
  return toSettings(resolved, file)
}

function resolveSetting(definition: Definition, {flags, env, cwd}: Sources, file: ConfigFile): Resolved[SettingKey] {
  const {flag, env: names = [], file: fileKey, fallback, path} = definition
  const at = (folder: string, value: string) => (path && !isUrl(value) ? toAbsolute(folder, value) : value)
  const fromFlag = flag === undefined ? undefined : flags[flag]
  if (typeof fromFlag === 'string') return {value: at(cwd, fromFlag), origin: `flag --${flag}`}
  const name = names.find(candidate => env[candidate])
  if (name) return {value: at(cwd, env[name] ?? ''), origin: `environment ${name}`}
  const fromFile = fileKey === undefined ? undefined : file.content[fileKey]
  // The shipped file sits in an installation folder, where nothing may be written.
  if (fromFile !== undefined && fromFile !== null)
    return {
      value: at(file.isShipped ? cwd : dirname(file.path), scalar(fromFile, fileKey, file)),
      origin: `file ${file.label}`,
    }
  return {
    value: fallback === undefined ? undefined : at(cwd, fallback),
    origin: fallback === undefined ? 'not set' : 'default',
  }
}

function scalar(value: {}, key: string | undefined, file: ConfigFile): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw badDataError('CONFIG_INVALID', `${file.label}: ${key} must be one value, not a list or keys`)
}

function toSettings(resolved: Resolved, file: ConfigFile): Settings {
  const required = (key: SettingKey): string => resolved[key].value ?? ''
  return {
    store: required('store'),
    datasetDir: required('datasetDir'),
    logDir: required('logDir'),
    logLevel: required('logLevel'),
    lang: required('lang') === 'en' ? 'en' : 'ru',
    llmUrl: resolved.llmUrl.value,
    llmApiKey: resolved.llmApiKey.value,
    otlpEndpoint: resolved.otlpEndpoint.value,
    telemetry: toSwitch(resolved.telemetry),
    traceSample: toShare(resolved.traceSample),
    configDir: dirname(file.path),
    section: name => file.content[name],
    explain: () => (Object.keys(definitions) as SettingKey[]).map(key => explained(key, resolved[key])),
  }
}

function toSwitch({value = '', origin}: Resolved['telemetry']): boolean {
  if (/^(?:on|true|1)$/iu.test(value)) return true
  if (/^(?:off|false|0)$/iu.test(value)) return false
  throw badDataError('CONFIG_INVALID', `telemetry must be on or off, and ${origin} says "${value}"`, [
    'correct it there',
  ])
}

function toShare({value = '', origin}: Resolved['traceSample']): number {
  const share = /^\d*\.?\d+$/u.test(value) ? Number(value) : Number.NaN
  if (share >= 0 && share <= 1) return share
  throw badDataError('CONFIG_INVALID', `traceSample must be a share from 0 to 1, and ${origin} says "${value}"`, [
    'correct it there',
  ])
}

function explained(key: SettingKey, {value, origin}: Resolved[SettingKey]): SettingValue {
  const {secret = false}: Definition = definitions[key]
  return {key, value: secret && value ? '***' : maskSecrets(value), origin}
}

const isUrl = (value: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//iu.test(value)

const toAbsolute = (folder: string, path: string): string => (isAbsolute(path) ? path : resolve(folder, path))
