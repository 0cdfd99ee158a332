import type {IndexSpec} from '@ep23/sdk'
import type {Collection, CreateIndexesOptions} from 'mongodb'

import {checkKeyField} from '../collection-name.js'
import {isDuplicateKey} from './mongo-errors.js'

/** The name tells a later run which field is the natural key. */
const KEY_INDEX = 'ep23_key'
/** Only ep23 writes these collections. */
const OWN = /^ep23_/u

interface IndexDescription {
  name?: string
  key: Record<string, unknown>
  unique?: boolean
}

/**
 * Makes sure that the natural key is found fast and, where that hinders nobody, is unique; an index of the team's own over the
 * same field is as good. Other programs may keep documents without this key, or with equal ones, in the same collection: a
 * unique index would stop this run, and later their writes.
 * - in ep23's own collections the index is unique;
 * - elsewhere it is unique over the texts in the field alone (partial: what has no key is free of it);
 * - where stored keys repeat, or the server knows no partial indexes (FerretDB) and documents without a key are there, it is a
 *   plain one: every write is then an upsert by key, and only two processes that insert one new key in the same moment could
 *   make it twice.
 * @returns whether two documents with one key are refused
 * @throws Ep23Error STORE_KEY_CONFLICT when the collection has been written with another key field
 */
export async function ensureKeyIndex(collection: Collection, keyField: string): Promise<{isUnique: boolean}> {
  const indexes = await listIndexes(collection)
  checkKeyField(collection.collectionName, keyFieldOf(indexes), keyField)
  if (hasIndex(indexes, [keyField], true)) return {isUnique: true}
  if (hasIndex(indexes, [keyField], false)) return {isUnique: false}
  return createKeyIndex(collection, keyField)
}

async function createKeyIndex(collection: Collection, keyField: string): Promise<{isUnique: boolean}> {
  for (const options of await possibleIndexes(collection, keyField))
    try {
      await collection.createIndex({[keyField]: 1}, {name: KEY_INDEX, ...options})
      return {isUnique: options.unique}
    } catch (error) {
      if (!options.unique || !(isDuplicateKey(error) || isNotSupported(error))) throw error
    }
  return {isUnique: false}
}

async function possibleIndexes(
  collection: Collection,
  keyField: string,
): Promise<(CreateIndexesOptions & {unique: boolean})[]> {
  if (OWN.test(collection.collectionName)) return [{unique: true}]
  const partial = {unique: true, partialFilterExpression: {[keyField]: {$gt: ''}}}
  const isEverywhere = (await collection.findOne({[keyField]: null})) === null
  return [partial, ...(isEverywhere ? [{unique: true}] : []), {unique: false}]
}

/** Makes an index unless there is one over the same fields, whatever its name. */
export async function ensureFieldIndex(collection: Collection, spec: IndexSpec): Promise<void> {
  if (await hasFieldIndex(collection, spec)) return
  const {fields, unique = false} = spec
  await collection.createIndex(Object.fromEntries(fields.map(field => [field, 1])), {unique})
}

export async function hasFieldIndex(collection: Collection, {fields, unique = false}: IndexSpec): Promise<boolean> {
  return hasIndex(await listIndexes(collection), fields, unique)
}

async function listIndexes(collection: Collection): Promise<IndexDescription[]> {
  try {
    return (await collection.listIndexes().toArray()) as IndexDescription[]
  } catch (error) {
    // The collection does not exist yet.
    if ((error as {codeName?: unknown}).codeName === 'NamespaceNotFound') return []
    throw error
  }
}

function keyFieldOf(indexes: readonly IndexDescription[]): string | undefined {
  return Object.keys(indexes.find(({name}) => name === KEY_INDEX)?.key ?? {})[0]
}

function hasIndex(indexes: readonly IndexDescription[], fields: readonly string[], unique: boolean): boolean {
  return indexes.some(index => Object.keys(index.key).join() === fields.join() && (!unique || index.unique === true))
}

// NotImplemented, and what servers say of an option that they do not know.
function isNotSupported(error: unknown): boolean {
  const {codeName, message} = error as {codeName?: unknown; message?: string}
  return codeName === 'NotImplemented' || /partialFilterExpression/iu.test(message ?? '')
}
