import {MongoBulkWriteError, type AnyBulkWriteOperation, type Collection, type Document} from 'mongodb'

import type {ExchangeEntry} from '../batches.js'
import {isDuplicateKey} from './mongo-errors.js'
import {readStored, type NaturalKey, type Stored} from './upsert-batch.js'

export interface PositionedEntry extends ExchangeEntry {
  /** In the whole exchange, over all collections. */
  position: number
}

/** Entries of one collection, and what is stored of them. */
export interface ReadEntries {
  entries: readonly PositionedEntry[]
  stored: ReadonlyMap<string, Stored>
}

/** Reads what is stored of entries; all have one key field. */
export async function readEntries(collection: Collection, entries: readonly PositionedEntry[]): Promise<ReadEntries> {
  return {entries, stored: await readStored(collection, entries[0]?.keyField ?? '', entries)}
}

/** Positions of the entries whose document is neither as the caller has read it nor as it is to be. */
export function staleOf({entries, stored}: ReadEntries): number[] {
  return entries
    .filter(({key, before, after}) => {
      const text = stored.get(key)?.text
      return !isThere(before, text, stored.has(key)) && !isThere(after, text, stored.has(key))
    })
    .map(({position}) => position)
}

/**
 * Writes what is not there yet; a document that another process has changed since it was read is left alone and its position
 * returned: every write names the version that it replaces.
 */
export async function exchangeBatch(
  collection: Collection,
  {entries, stored}: ReadEntries,
  {field: keyField, isUnique}: NaturalKey,
): Promise<number[]> {
  const operations = entries
    .filter(({key, after}) => !isThere(after, stored.get(key)?.text, stored.has(key)))
    .map(entry => operationFor(entry, stored.get(entry.key), isUnique))
  if (operations.length === 0) return []
  try {
    const {insertedCount, matchedCount, deletedCount} = await collection.bulkWrite(operations, {ordered: false})
    if (isUnique && insertedCount + matchedCount + deletedCount === operations.length) return []
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error)) throw error
  }
  const now = await readStored(collection, keyField, entries)
  return entries
    .filter(({key, after}) => !isThere(after, now.get(key)?.text, now.has(key)))
    .map(({position}) => position)
}

function isThere(version: string | undefined, text: string | undefined, isStored: boolean): boolean {
  return version === undefined ? !isStored : isStored && version === text
}

// The key leads a sharded cluster to the right shard. A server compares scalars exactly, so a version is told from the next by all of
// its scalars outside arrays (measured times and run ids among them).
function operationFor(
  {keyField, key, document}: PositionedEntry,
  stored: Stored | undefined,
  isUnique: boolean,
): AnyBulkWriteOperation {
  if (stored === undefined && !isUnique) {
    const {[keyField]: _, ...rest} = {...document} as Document
    return {updateOne: {filter: {[keyField]: key}, update: {$setOnInsert: rest}, upsert: true}}
  }
  if (stored === undefined) return {insertOne: {document: {...document}}}
  const filter = {...scalarsOf(stored.document, ''), _id: stored._id, [keyField]: key} as Document
  return document === undefined ? {deleteOne: {filter}} : {replaceOne: {filter, replacement: document}}
}

function scalarsOf(fields: Document, path: string): Document {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
      if (typeof value !== 'object') return [[path + name, value]]
      if (value instanceof Date) return [[path + name, value]]
      return isPlain(value) ? Object.entries(scalarsOf(value, `${path}${name}.`)) : []
    }),
  )
}

function isPlain(value: object | null): value is Document {
  return value !== null && !Array.isArray(value) && !('_bsontype' in value) && !(value instanceof RegExp)
}
