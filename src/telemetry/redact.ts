import {types} from 'node:util'

import {isSecretName, isSecretTextName, REDACTED, redactShapes} from './secret-shapes.js'

/** Hides secrets in what is about to be written down. */
export interface Redactor {
  text(text: string): string
  /** A copy that JSON can hold, bounded in depth, breadth and length; an error becomes its fields, causes included. */
  value(value: unknown): unknown
}

const LONGEST_TEXT = 16_384
const DEEPEST = 8
const WIDEST = 1000

// A shorter "secret" would blank out ordinary words.
const SHORTEST_SECRET = 6

/** `secrets` are values known to be secret, hidden wherever they occur; others are found by name and shape. */
export function createRedactor(secrets: Iterable<string | undefined> = []): Redactor {
  const known = [...secrets].filter(secret => secret !== undefined && secret.length >= SHORTEST_SECRET)
  const text = (raw: string): string => clip(redactShapes(hideKnown(raw, known)), LONGEST_TEXT)
  return {text, value: value => copy(value, {text, ancestors: []})}
}

function hideKnown(text: string, known: readonly (string | undefined)[]): string {
  const beginning = text.slice(0, 4 * LONGEST_TEXT)
  return known.reduce<string>((result, secret) => result.replaceAll(secret ?? REDACTED, REDACTED), beginning)
}

/** At most `length` characters, and no half of a surrogate pair, which stores refuse. */
export function clip(text: string, length: number): string {
  return (text.length > length ? `${text.slice(0, length - 1)}…` : text).toWellFormed()
}

interface Walk {
  text: Redactor['text']
  ancestors: readonly object[]
}

function copy(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return walk.text(value)
  if (typeof value === 'bigint' || typeof value === 'symbol') return walk.text(String(value))
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'function') return undefined
  return typeof value === 'object' && value !== null ? copyObject(value, walk) : value
}

function copyObject(value: object, walk: Walk): unknown {
  if (walk.ancestors.includes(value)) return '[circular]'
  if (walk.ancestors.length >= DEEPEST) return '[too deep]'
  const inner = {...walk, ancestors: [...walk.ancestors, value]}
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value
  if (value instanceof Error) return copyFields(errorFields(value), inner)
  if (Array.isArray(value) || value instanceof Set) return copyItems([...value], inner)
  if (value instanceof Map)
    return copyFields(
      [...value].map(([key, item]) => [String(key), item]),
      inner,
    )
  const json = read(value, 'toJSON')
  if (typeof json === 'function')
    return copy(
      attempt(() => json.call(value) as unknown),
      inner,
    )
  return types.isBoxedPrimitive(value) ? copy(value.valueOf(), inner) : copyFields(fieldsOf(value), inner)
}

function copyItems(items: readonly unknown[], walk: Walk): unknown[] {
  const copies = items.slice(0, WIDEST).map(item => copy(item, walk))
  return items.length > WIDEST ? [...copies, `… (${items.length} items)`] : copies
}

function copyFields(fields: readonly (readonly [string, unknown])[], walk: Walk): object {
  const copies = fields
    .slice(0, WIDEST)
    .map(([name, value]) => [walk.text(name), isSecret(name, value) ? REDACTED : copy(value, walk)])
  return Object.fromEntries(fields.length > WIDEST ? [...copies, ['…', `${fields.length} fields`]] : copies)
}

/** Whether a field holds a secret, by its name and by whether there is anything in it. */
export function isSecret(name: string, value: unknown): boolean {
  if (isSecretName(name)) return mayBeSecret(value)
  const texts = Array.isArray(value) ? value : [value]
  return isSecretTextName(name) && texts.some(text => typeof text === 'string' && text.trim() !== '')
}

// `password: undefined` and `token: false` tell that there is none, which is worth knowing.
function mayBeSecret(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'boolean' && value !== ''
}

const STANDARD = ['name', 'message', 'code', 'exit', 'stack', 'cause', 'errors']

// Most of an error's standard fields are not enumerable.
function errorFields(error: Error): [string, unknown][] {
  const standard = STANDARD.map((name): [string, unknown] => [name, read(error, name)])
  const own = fieldsOf(error).filter(([name]) => !STANDARD.includes(name))
  return [...standard.filter(([, value]) => value !== undefined), ...own]
}

function fieldsOf(value: object): [string, unknown][] {
  return Object.keys(value).map(name => [name, read(value, name)])
}

function read(value: object, name: string): unknown {
  return attempt(() => (value as Record<string, unknown>)[name])
}

// Getters and toJSON are other people's code, and a log line must not fail because of it.
function attempt(getter: () => unknown): unknown {
  try {
    return getter()
  } catch {
    return '[unreadable]'
  }
}
