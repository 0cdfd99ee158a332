import {documentText, hasCode, type UpsertCounts} from '@ep23/sdk'
import {type Collection, type Document, MongoBulkWriteError} from 'mongodb'

import type {Batch, BatchEntry} from '../batches.js'
import {fromBson} from './from-bson.js'
import {isDuplicateKey} from './mongo-errors.js'

/** How often a batch is tried again when another process has inserted the same keys in the same moment. */
const LOST_RACES = 3

/** Writes what differs from the stored documents; `_id` stays. The counts come from the server's own answers. */
export async function replaceBatch(collection: Collection, keyField: string, {entries}: Batch): Promise<UpsertCounts> {
  const stored = await readTexts(collection, keyField, entries)
  const changed = entries.filter(({key, text}) => stored.get(key) !== text)
  const written = changed.length > 0 ? await replaceAll(collection, keyField, changed) : {inserted: 0, updated: 0}
  return {...written, unchanged: entries.length - changed.length}
}

async function readTexts(
  collection: Collection,
  keyField: string,
  entries: readonly BatchEntry[],
): Promise<Map<string, string>> {
  const filter = {[keyField]: {$in: entries.map(({key}) => key)}}
  const texts = new Map<string, string>()
  for await (const document of collection.find(filter, {projection: {_id: 0}})) {
    const text = textOf(document)
    if (text !== undefined) texts.set(document[keyField] as string, text)
  }
  return texts
}

// A stored document that the port would refuse differs from every one it accepts.
function textOf(document: Document): string | undefined {
  try {
    return documentText(fromBson(document), 'a stored document')
  } catch (error) {
    if (hasCode(error, 'STORE_VALUE_REFUSED')) return undefined
    throw error
  }
}

async function replaceAll(
  collection: Collection,
  keyField: string,
  entries: readonly BatchEntry[],
): Promise<{inserted: number; updated: number}> {
  const counts = {inserted: 0, updated: 0}
  let pending = entries
  for (let lost = 0; ; lost += 1) {
    try {
      const {upsertedCount, matchedCount} = await collection.bulkWrite(replacements(keyField, pending), {
        ordered: false,
      })
      return {inserted: counts.inserted + upsertedCount, updated: counts.updated + matchedCount}
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error) || lost === LOST_RACES) throw error
      counts.inserted += error.upsertedCount
      counts.updated += error.matchedCount
      const indexes = new Set([error.writeErrors].flat().map(({index}) => index))
      pending = pending.filter((_, index) => indexes.has(index))
    }
  }
}

function replacements(keyField: string, entries: readonly BatchEntry[]) {
  return entries.map(({key, document}) => ({
    replaceOne: {filter: {[keyField]: key}, replacement: document, upsert: true},
  }))
}
