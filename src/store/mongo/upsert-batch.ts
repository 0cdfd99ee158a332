import {documentText, hasCode, type UpsertCounts} from '@ep23/sdk'
import {type AnyBulkWriteOperation, type Collection, type Document, MongoBulkWriteError} from 'mongodb'

import type {Batch, BatchEntry} from '../batches.js'
import {fromBson} from './from-bson.js'
import {isDuplicateKey} from './mongo-errors.js'

/** How often documents are compared and written again when other processes have changed them in between. */
const ATTEMPTS = 4

export interface NaturalKey {
  field: string
  /** Whether an index refuses a second document with the same key. */
  isUnique: boolean
}

export interface Stored {
  _id: unknown
  /** Its fields in the port's terms. */
  document: Document
  /** Undefined for a document that the port would refuse: it differs from every one it accepts. */
  text: string | undefined
}

/**
 * Compares a batch with the stored documents and writes what differs: new ones are inserted, changed ones replaced under
 * their `_id`. What another process inserts or deletes in the same moment is compared again, so that the counts add up.
 */
export async function upsertBatch(collection: Collection, naturalKey: NaturalKey, batch: Batch): Promise<UpsertCounts> {
  const counts = {inserted: 0, updated: 0, unchanged: 0}
  let pending = batch.entries
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    const stored = await readStored(collection, naturalKey.field, pending)
    const changed = pending.filter(({key, text}) => stored.get(key)?.text !== text)
    counts.unchanged += pending.length - changed.length
    pending = await writeChanged(collection, naturalKey, {changed, stored, counts, isLast: attempt === ATTEMPTS})
  }
  return counts
}

/** The stored documents with these keys, by key. */
export async function readStored(
  collection: Collection,
  keyField: string,
  entries: readonly Pick<BatchEntry, 'key'>[],
): Promise<Map<string, Stored>> {
  const filter = {[keyField]: {$in: entries.map(({key}) => key)}}
  const stored = new Map<string, Stored>()
  // Whatever the address prefers for reading: what is compared before it is overwritten is the newest version.
  for await (const {_id, ...document} of collection.find(filter, {readPreference: 'primary'}))
    stored.set(document[keyField] as string, {_id, document, text: textOf(document)})
  return stored
}

function textOf(document: Document): string | undefined {
  try {
    return documentText(fromBson(document), 'a stored document')
  } catch (error) {
    if (hasCode(error, 'STORE_VALUE_REFUSED')) return undefined
    throw error
  }
}

interface Changes {
  changed: BatchEntry[]
  stored: ReadonlyMap<string, Stored>
  counts: UpsertCounts
  isLast: boolean
}

/** Returns what lost a race against another process and is to be compared again. */
async function writeChanged(
  collection: Collection,
  naturalKey: NaturalKey,
  {changed, stored, counts, isLast}: Changes,
): Promise<BatchEntry[]> {
  if (changed.length === 0) return []
  const operations = changed.map(entry => operationFor(entry, naturalKey, stored.get(entry.key)))
  try {
    add(counts, await collection.bulkWrite(operations, {ordered: false}))
    return []
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error) || isLast) throw error
    add(counts, error)
    const failed = new Set([error.writeErrors].flat().map(({index}) => index))
    return changed.filter((_, index) => failed.has(index))
  }
}

// The copy is for the driver, which writes an _id into what it inserts. The key in the filter leads a sharded cluster to
// the right shard; the upsert is for a document that has been deleted meanwhile, and for a key that no index guards.
function operationFor(
  {key, document}: BatchEntry,
  {field: keyField, isUnique}: NaturalKey,
  stored: Stored | undefined,
): AnyBulkWriteOperation {
  if (stored === undefined && !isUnique) {
    return {replaceOne: {filter: {[keyField]: key}, replacement: document, upsert: true}}
  }
  if (stored === undefined) return {insertOne: {document: {...document}}}
  const filter = {_id: stored._id, [keyField]: key} as Document
  return {replaceOne: {filter, replacement: document, upsert: true}}
}

function add(counts: UpsertCounts, result: {insertedCount: number; upsertedCount: number; matchedCount: number}): void {
  counts.inserted += result.insertedCount + result.upsertedCount
  counts.updated += result.matchedCount
}
