import {homedir} from 'node:os'
import {dirname, isAbsolute, join, resolve} from 'node:path'
import {badDataError, maskCredentials, usageError, type Settings, type SettingValue} from '@ep23/sdk'
import {languageOfLocale} from './language/language-of.js'
import {readSettingsFile, type ConfigFile} from './config-file.js'
import type {SettingSchema} from './check-settings.js'
import {message} from './words/words.js'
import {definitions, settingsSchema, type Definition, type SettingKey} from './setting-definitions.js'

interface Sources {
  flags: Readonly<Record<string, unknown>>
  env: Readonly<Record<string, string | undefined>>
  /** The working directory. */
  cwd: string
  /** The settings file shipped with ep23, used when the working directory has none. */
  shippedFile: string
  /** What installed plugins declare of their sections. */
  sections: Readonly<Record<string, SettingSchema>>
}

type Resolved = Record<SettingKey, {value: string | undefined; origin: string}>

/** Resolves every setting once: flag > environment > file > default. */
export async function loadSettings(sources: Sources): Promise<Settings> {
  const file = await readSettingsFile({...sources, schema: settingsSchema(sources.sections)})
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
  if (name) return {value: at(cwd, oneOf(definition, env[name] ?? '', name)), origin: `environment ${name}`}
  const fromFile = fileKey === undefined ? undefined : file.content[fileKey]
  // The shipped file sits in an installation folder, where nothing may be written.
  if (fromFile !== undefined && fromFile !== null)
    return {
      value: at(file.isShipped ? cwd : dirname(file.path), scalar(fromFile, fileKey, file)),
      origin: `file ${file.label}`,
    }
  if (fallback !== undefined) return {value: at(cwd, fallback), origin: 'default'}
  return definition === definitions.lang
    ? {value: languageOfLocale(env), origin: 'locale'}
    : {value: undefined, origin: 'not set'}
}

function oneOf({schema}: Definition, value: string, name: string): string {
  if (schema?.enum === undefined || schema.enum.includes(value)) return value
  throw usageError(message('variableOneOf', {name, values: schema.enum.join(', '), given: value}), [
    message('correctThere'),
  ])
}

function scalar(value: {}, key: string | undefined, file: ConfigFile): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw badDataError('CONFIG_INVALID', message('notOneValue', {file: file.label, key: key ?? ''}))
}

function toSettings(resolved: Resolved, file: ConfigFile): Settings {
  const required = (key: SettingKey): string => resolved[key].value ?? ''
  return {
    store: required('store'),
    datasetDir: required('datasetDir'),
    logDir: required('logDir'),
    logLevel: required('logLevel'),
    lang: required('lang') === 'ru' ? 'ru' : 'en',
    llmUrl: resolved.llmUrl.value,
    llmApiKey: resolved.llmApiKey.value,
    otlpEndpoint: resolved.otlpEndpoint.value,
    telemetry: toSwitch(resolved.telemetry),
    traceSample: toShare(resolved.traceSample),
    configDir: dirname(file.path),
    section: name => file.content[name],
    explain: () => [
      ...(Object.keys(definitions) as SettingKey[]).map(key => explained(key, resolved[key])),
      ...Object.entries(file.content)
        .filter(([name]) => !Object.values<Definition>(definitions).some(definition => definition.file === name))
        .flatMap(([name, value]) => leavesOf(name, value))
        .map(([key, value]) => ({key, value: maskCredentials(value), origin: `file ${file.label}`})),
    ],
  }
}

function toSwitch({value = '', origin}: Resolved['telemetry']): boolean {
  if (/^(?:on|true|1)$/iu.test(value)) return true
  if (/^(?:off|false|0)$/iu.test(value)) return false
  throw badDataError('CONFIG_INVALID', message('mustBeOnOrOff', {origin, given: value}), [message('correctThere')])
}

function toShare({value = '', origin}: Resolved['traceSample']): number {
  const share = /^\d*\.?\d+$/u.test(value) ? Number(value) : Number.NaN
  if (share >= 0 && share <= 1) return share
  throw badDataError('CONFIG_INVALID', message('mustBeShare', {origin, given: value}), [message('correctThere')])
}

function explained(key: SettingKey, {value, origin}: Resolved[SettingKey]): SettingValue {
  const {secret = false}: Definition = definitions[key]
  return {key, value: value && (secret ? '***' : maskCredentials(value)), origin}
}

/** `dataset.days`, `dataset.channels[0].name`: each value of a section by its path. */
function leavesOf(path: string, value: unknown): [path: string, value: string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(`${path}[${index}]`, item))
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(`${path}.${key}`, inner))
}

const isUrl = (value: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//iu.test(value)

/** @throws Ep23Error USAGE (64) for a server's address without its scheme, which would become a file of that name */
function toAbsolute(folder: string, path: string): string {
  if (/^[\w.-]+:\d+(\/|$)/u.test(path))
    throw usageError(message('neitherFileNorUrl', {path}), [message('didYouMean', {name: `mongodb://${path}`})])
  // A shell leaves the tilde of --store=~/x as it is.
  if (path.startsWith('~/')) return join(homedir(), path.slice(2))
  return isAbsolute(path) ? path : resolve(folder, path)
}
