import {badDataError, nearest, isObject, usageError, type Text, type Message} from '@ep23/sdk'
import type {Document, Node} from 'yaml'
import type {OclifConfig} from './oclif-config.js'
import {message} from './words/words.js'

/** The part of JSON Schema that settings are declared with. A schema without `properties` takes any keys. */
export interface SettingSchema {
  type?: string | readonly string[]
  description?: string
  properties?: Readonly<Record<string, SettingSchema>>
  required?: readonly string[]
  items?: SettingSchema
  enum?: readonly unknown[]
  pattern?: string
  minimum?: number
  maximum?: number
}

interface Place {
  document: Document
  text: string
  label: string
}

/**
 * Refuses what a settings file may not hold: an unknown key or a value that is none, with line, column and the nearest key.
 * @throws Ep23Error CONFIG_INVALID (65)
 */
export function checkSettings(schema: SettingSchema, place: Place): void {
  check(place.document.toJS() ?? {}, schema, [], place)
}

type Path = readonly (string | number)[]

function check(value: unknown, schema: SettingSchema, path: Path, place: Place): void {
  const problem = problemOf(value, schema)
  if (problem !== undefined) throw refuse(path, message('settingMustBe', {name: nameOf(path), problem}), place)
  if (Array.isArray(value) && schema.items)
    for (const [index, item] of value.entries()) check(item, schema.items, [...path, index], place)
  if (isObject(value) && schema.properties) checkKeys(value, schema, path, place)
}

function checkKeys(value: Record<string, unknown>, schema: SettingSchema, path: Path, place: Place): void {
  const {properties = {}, required = []} = schema
  for (const [key, inner] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (known === undefined) {
      const meant = nearestKey(key, properties)
      const advice =
        meant === undefined
          ? message('knownKeys', {names: Object.keys(properties).join(', ')})
          : message('didYouMean', {name: meant})
      throw refuse([...path, key], message('noSuchSetting', {name: nameOf([...path, key])}), place, advice)
    }
    if (inner !== null) check(inner, known, [...path, key], place)
  }
  const missing = required.find(key => value[key] === undefined)
  if (missing !== undefined) throw refuse(path, message('needsKey', {name: nameOf(path), key: missing}), place)
}

/** Also one of a section: `dayz` beside `dataset` is `dataset.days`. */
function nearestKey(key: string, properties: NonNullable<SettingSchema['properties']>): string | undefined {
  const [here] = nearest(key, Object.keys(properties), 1)
  if (here !== undefined) return here
  const inSections = Object.entries(properties).flatMap(([section, inner]) =>
    Object.keys(inner.properties ?? {}).map(name => [name, `${section}.${name}`] as const),
  )
  const [name = ''] = nearest(
    key,
    Array.from(inSections, ([each]) => each),
    1,
  )
  return new Map(inSections).get(name)
}

function problemOf(value: unknown, {type, enum: values, pattern, minimum, maximum}: SettingSchema): Text | undefined {
  const given = JSON.stringify(value)
  const types = type === undefined ? [] : [type].flat()
  if (types.length > 0 && !types.some(each => isOf(value, each))) return message('mustBeOfType', {types, given})
  if (values && !values.includes(value)) return message('mustBeOneOf', {values: values.join(', '), given})
  if (pattern !== undefined && typeof value === 'string' && !new RegExp(pattern, 'u').test(value))
    return message('mustLookLike', {pattern, given})
  if (typeof value !== 'number') return undefined
  if (minimum !== undefined && value < minimum) return message('mustBeAtLeast', {minimum, given: value})
  return maximum !== undefined && value > maximum ? message('mustBeAtMost', {maximum, given: value}) : undefined
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

function nameOf(path: Path): Text {
  return (
    path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('') ||
    message('theFile')
  )
}

function refuse(
  path: Path,
  problem: Text,
  {document, text, label}: Place,
  advice: Message = message('correctThere'),
): Error {
  const {line, column} = positionOf(path, document, text)
  return badDataError('CONFIG_INVALID', message('atPlace', {place: `${label}:${line}:${column}`, problem}), [advice])
}

/** Where the key or the value is written, both counted from 1. */
function positionOf(path: Path, document: Document, text: string): {line: number; column: number} {
  const parent = document.getIn(path.slice(0, -1), true) as {items?: {key?: Node}[]} | undefined
  const key = parent?.items?.find(item => String(item.key) === String(path.at(-1)))?.key
  const node = key ?? (document.getIn(path, true) as Node | undefined)
  const before = text.slice(0, node?.range?.[0] ?? 0).split('\n')
  return {line: before.length, column: (before.at(-1)?.length ?? 0) + 1}
}

/** What a plugin's package.json says of its settings, under `ep23`. */
interface Declared {
  /** Its sections of ep23.config.yaml, by name. */
  settings?: Readonly<Record<string, SettingSchema>>
  /** Environment variables that belong to no flag: secrets, paths of programs. */
  environment?: readonly string[]
}

/** The sections that installed plugins declare, a team's own included. */
export function declaredSections({plugins}: Pick<OclifConfig, 'plugins'>): Readonly<Record<string, SettingSchema>> {
  return Object.assign({}, ...declarations(plugins).map(({settings = {}}) => settings)) as Record<string, SettingSchema>
}

const YES_OR_NO = /^(?:1|0|true|false|yes|no|y|n|on|off|t|f|)$/iu

// oclif's own, and those of tests.
const OTHERS =
  /^EP23_(?:DATA_DIR|CONFIG_DIR|CACHE_DIR|BINPATH|REDIRECTED|USER_AGENT|THEME_FILE|DISABLE_THEME|NPM_\w+|SKIP_\w+|SOURCE|(?:TEST|FUZZ|CHAOS|BENCH)_\w+)$/u

/**
 * Refuses an `EP23_*` variable that no flag and no setting has, and a switch that says neither yes nor no.
 * @throws Ep23Error USAGE (64) with the nearest name
 */
export function checkEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  {commands, plugins}: Pick<OclifConfig, 'commands' | 'plugins'>,
  settings: readonly string[],
): void {
  const given = Object.keys(env).filter(name => name.startsWith('EP23_') && !OTHERS.test(name))
  if (given.length === 0) return
  const flags = new Map(commands.flatMap(({flags: own}) => Object.values(own)).map(flag => [flag.env, flag.type]))
  const known = new Set([
    ...flags.keys(),
    ...settings,
    ...declarations(plugins).flatMap(({environment = []}) => environment),
  ])
  for (const name of given) {
    if (!known.has(name))
      throw unknownVariable(
        name,
        [...known].filter(each => each !== undefined),
      )
    if (flags.get(name) === 'boolean' && !YES_OR_NO.test(env[name] ?? ''))
      throw usageError(message('variableYesOrNo', {name, given: env[name] ?? ''}), [message('setOrUnset', {name})])
  }
}

function unknownVariable(name: string, known: readonly string[]): Error {
  const meant = nearest(name, known, 1)
  return usageError(message('noSuchVariable', {name}), [
    meant[0] === undefined ? message('explainLists') : message('didYouMean', {name: meant[0]}),
  ])
}

function declarations(plugins: OclifConfig['plugins']): Declared[] {
  return [...plugins.values()].map(({pjson}) => (pjson as {ep23?: Declared}).ep23 ?? {})
}
