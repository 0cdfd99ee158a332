import {types} from 'node:util'

import type {Message} from '../messages.js'
import {badDataError} from '../command/errors.js'
import {words} from '../words/words.js'

/** Deeper documents are refused: MongoDB's own documented limit. */
export const MAX_DEPTH = 100
/** MongoDB's limit for one document; the text is the measure here, so that every store refuses the same ones. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

/** Stands in a path before an array position; field names cannot hold it, as U+0000 is refused there. */
const POSITION = '\u0000'
const quotedFields = new Map<string, string>()

interface Walk {
  /** Named in an error: the collection and the document. */
  place: string
  /** Receives the dotted path, without positions, of every array. */
  arrayPaths: Set<string> | undefined
}

/**
 * A document as relaxed Extended JSON v2 with sorted fields: equal documents have equal texts, whatever the order of
 * their fields. Dates become `{"$date": "…Z"}`; undefined fields are left out; -0 and doubles beyond 2^53 survive.
 * @param place the collection and document, as errors should name them
 * @param arrayPaths receives the dotted path of every array met
 * @throws Ep23Error STORE_VALUE_REFUSED (65), naming the field, for what not every store can hold: NaN and infinities,
 * text with a lone surrogate, dates outside the years 0 to 9999, field names with `.`, U+0000 or a leading `$`, `_id`,
 * anything that is neither JSON nor a date, more than 100 levels, more than 16 MiB
 */
export function documentText(document: object, place: string, arrayPaths?: Set<string>): string {
  const walk = {place, arrayPaths}
  if (!isRecord(document)) refuse('', words.message('notObject'), walk)
  if (document['_id'] !== undefined) refuse('_id', words.message('belongsToMongo'), walk)
  const text = objectText(document, '', 1, walk)
  if (text.length * 3 > MAX_DOCUMENT_BYTES && Buffer.byteLength(text) > MAX_DOCUMENT_BYTES)
    refuse('', words.message('largerThan', {maxDocumentBytes: MAX_DOCUMENT_BYTES}), walk)
  return text
}

/** The document of a text made by `documentText`: fresh objects, dates revived. */
export function parseDocumentText(text: string): object {
  const document = JSON.parse(text) as object
  return text.includes('{"$date"') ? reviveDates(document) : document
}

function valueText(value: unknown, path: string, depth: number, walk: Walk): string {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? JSON.stringify(value) : refuse(path, words.message('halfPair'), walk)
    case 'number':
      return numberText(value, path, walk)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : containerText(value, path, depth, walk)
    default:
      return refuse(path, words.message('isOfType', {type: typeof value}), walk)
  }
}

// Without the ".0" a reader that knows 64-bit integers takes the shortest digits of a double for an exact integer.
function numberText(value: number, path: string, walk: Walk): string {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0.0' : String(value)
  if (!Number.isFinite(value)) refuse(path, words.message('isValue', {value: String(value)}), walk)
  const digits = String(value)
  return Number.isInteger(value) && !digits.includes('e') ? `${digits}.0` : digits
}

function containerText(value: object, path: string, depth: number, walk: Walk): string {
  if (depth >= MAX_DEPTH) refuse(path, words.message('tooDeep', {levels: MAX_DEPTH}), walk)
  if (Array.isArray(value)) return arrayText(value, path, depth + 1, walk)
  if (isRecord(value)) return objectText(value, path, depth + 1, walk)
  return types.isDate(value) ? dateText(value, path, walk) : refuse(path, words.message('neitherJsonNorDate'), walk)
}

// Class instances are documents too; maps, sets, buffers and their like are not.
function isRecord(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  return !Array.isArray(value) && Object.prototype.toString.call(value) === '[object Object]'
}

function dateText(date: Date, path: string, walk: Walk): string {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) refuse(path, words.message('notInYears'), walk)
  return `{"$date":"${date.toISOString()}"}`
}

function arrayText(values: readonly unknown[], path: string, depth: number, walk: Walk): string {
  walk.arrayPaths?.add(path.includes(POSITION) ? path.replaceAll(/\0\d+/gu, '') : path)
  let text = '['
  for (let position = 0; position < values.length; position += 1) {
    if (position > 0) text += ','
    const value = values[position]
    // An undefined element keeps its place as null, as in JSON and BSON.
    text += value === undefined ? 'null' : valueText(value, path + POSITION + position, depth, walk)
  }
  return text + ']'
}

function objectText(fields: Record<string, unknown>, path: string, depth: number, walk: Walk): string {
  let text = '{'
  for (const field of Object.keys(fields).sort()) {
    const value = fields[field]
    if (value === undefined) continue
    const inside = path === '' ? field : `${path}.${field}`
    const name = quotedFields.get(field) ?? quoteField(field, inside, walk)
    text += (text.length > 1 ? ',' : '') + name + valueText(value, inside, depth, walk)
  }
  return text + '}'
}

// Field names repeat over documents; names that are data (and so never repeat) must not fill the memory.
function quoteField(field: string, path: string, walk: Walk): string {
  const reason = refusalOfField(field)
  if (reason) refuse(path, reason, walk)
  const quoted = `${JSON.stringify(field)}:`
  if (quotedFields.size < 1000) quotedFields.set(field, quoted)
  return quoted
}

function refusalOfField(field: string): Message | undefined {
  if (field.startsWith('$')) return words.message('startsWithDollar')
  if (field.includes('.')) return words.message('dotInName')
  if (field.includes('\0')) return words.message('nullInName')
  if (!field.isWellFormed()) return words.message('halfPairInName')
  if (field === '__proto__' || field === '_bsontype') return words.message('ownMeaning')
  return undefined
}

function refuse(path: string, reason: Message, {place}: Walk): never {
  const readable = path.replaceAll(/\0(\d+)/gu, '[$1]').toWellFormed()
  throw badDataError(
    'STORE_VALUE_REFUSED',
    words.message('refusedValue', {
      place,
      what: readable ? words.message('fieldNamed', {readable}) : words.message('theDocument'),
      reason,
    }),
    [words.message('noStoreHolds')],
  )
}

function reviveDates(value: object): object {
  if (Array.isArray(value))
    return value.map((element: unknown) => (isContainer(element) ? reviveDates(element) : element))
  const fields = value as Record<string, unknown>
  if (typeof fields['$date'] === 'string') return new Date(fields['$date'])
  for (const field of Object.keys(fields)) {
    const inside = fields[field]
    if (isContainer(inside)) fields[field] = reviveDates(inside)
  }
  return fields
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
