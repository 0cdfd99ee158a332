import {setImmediate as breathe} from 'node:timers/promises'

import {badDataError, documentText, type Exchange} from '@ep23/sdk'

import {checkCollectionName} from './collection-name.js'
import {message} from '../words/words.js'

export interface BatchLimits {
  documents: number
  /** UTF-16 units of all texts together. */
  textLength: number
}

export interface BatchEntry {
  key: string
  document: object
  /** The document's canonical text. */
  text: string
}

export interface Batch {
  entries: BatchEntry[]
  keys: Set<string>
  textLength: number
  /** Dotted paths of the arrays in these documents. */
  arrayPaths: Set<string>
}

/**
 * Groups documents into batches bounded in number and size. A key that comes again starts a new batch, so that within a
 * batch keys are unique and the later document wins. Between batches the event loop gets its turn.
 * @throws Ep23Error STORE_KEY_MISSING, STORE_VALUE_REFUSED (65), naming the document
 */
export async function* batches(
  documents: Iterable<object> | AsyncIterable<object>,
  {collection, keyField}: {collection: string; keyField: string},
  limits: BatchLimits,
): AsyncGenerator<Batch> {
  let batch = emptyBatch()
  let position = 0
  for await (const document of documents) {
    position += 1
    const key = keyOf(document, keyField, () => `${collection}, document ${position}`)
    const arrayPaths = new Set<string>()
    const text = documentText(document, `${collection}, document ${key}`, arrayPaths)
    if (isFull(batch, key, text, limits)) {
      yield batch
      await breathe()
      batch = emptyBatch()
    }
    add(batch, {key, document, text}, arrayPaths)
  }
  if (batch.entries.length > 0) yield batch
}

/** A change of one document with both versions as canonical texts; undefined stands for "no document". */
export interface ExchangeEntry {
  collection: string
  keyField: string
  key: string
  before: string | undefined
  after: string | undefined
  /** The document to write. */
  document: object | undefined
  /** Dotted paths of the arrays in it. */
  arrayPaths: Set<string>
}

/** @throws Ep23Error STORE_KEY_MISSING, STORE_VALUE_REFUSED (65), naming the document */
export function toExchangeEntry({collection, key: keyField, before, after}: Exchange): ExchangeEntry {
  checkCollectionName(collection)
  const key = keyOf(after ?? before ?? {}, keyField, () => collection)
  const place = `${collection}, document ${key}`
  const arrayPaths = new Set<string>()
  return {
    collection,
    keyField,
    key,
    before: before && documentText(before, place),
    after: after && documentText(after, place, arrayPaths),
    document: after,
    arrayPaths,
  }
}

function emptyBatch(): Batch {
  return {entries: [], keys: new Set(), textLength: 0, arrayPaths: new Set()}
}

function isFull({entries, keys, textLength}: Batch, key: string, text: string, limits: BatchLimits): boolean {
  if (entries.length === 0) return false
  return entries.length >= limits.documents || textLength + text.length > limits.textLength || keys.has(key)
}

function add(batch: Batch, entry: BatchEntry, arrayPaths: Set<string>): void {
  batch.entries.push(entry)
  batch.keys.add(entry.key)
  batch.textLength += entry.text.length
  for (const path of arrayPaths) batch.arrayPaths.add(path)
}

function keyOf(document: object, keyField: string, place: () => string): string {
  const key = (document as Record<string, unknown>)[keyField]
  if (typeof key === 'string' && key !== '') return key
  throw badDataError('STORE_KEY_MISSING', message('noKeyText', {place: place(), keyField}), [
    message('giveKey', {keyField}),
  ])
}
