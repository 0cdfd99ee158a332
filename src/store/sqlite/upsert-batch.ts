import type {DatabaseSync} from 'node:sqlite'

import type {UpsertCounts} from '@ep23/sdk'

import type {Batch} from '../batches.js'
import {checkKeyField} from '../collection-name.js'
import {createTable, readKeyField, writeArrayPaths, writeKeyField} from './schema.js'

/** Writes one batch; to be called inside a write transaction, so that reading and writing see the same documents. */
export function upsertBatch(
  database: DatabaseSync,
  collection: string,
  keyField: string,
  {entries, arrayPaths}: Batch,
): UpsertCounts {
  claimCollection(database, collection, keyField)
  writeArrayPaths(database, collection, arrayPaths)
  const select = database.prepare(`SELECT doc FROM "${collection}" WHERE key = ?`)
  const insert = database.prepare(`INSERT INTO "${collection}" (key, doc) VALUES (?, ?)`)
  const update = database.prepare(`UPDATE "${collection}" SET doc = ?2 WHERE key = ?1`)
  const counts = {inserted: 0, updated: 0, unchanged: 0}
  for (const {key, text} of entries) {
    const stored = select.get(key)
    if (stored === undefined) {
      insert.run(key, text)
      counts.inserted += 1
    } else if (stored['doc'] === text) {
      counts.unchanged += 1
    } else {
      update.run(key, text)
      counts.updated += 1
    }
  }
  return counts
}

/** Makes the collection, or checks that it has this key field. */
export function claimCollection(database: DatabaseSync, collection: string, keyField: string): void {
  const known = readKeyField(database, collection)
  checkKeyField(collection, known, keyField)
  if (known !== undefined) return
  createTable(database, collection)
  writeKeyField(database, collection, keyField)
}
