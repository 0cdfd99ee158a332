import type {DatabaseSync} from 'node:sqlite'
import type {UpsertCounts, Exchange} from '@ep23/sdk'
import {type Batch, toExchangeEntry, type ExchangeEntry} from '../batches.js'
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

/** Checks and serializes a batch before the write lock is taken. */
export function prepareExchange(changes: readonly Exchange[]): ExchangeEntry[] {
  return changes.map(toExchangeEntry)
}

/** Applies all changes, or none when a document is not what the caller has read; to be called inside a write transaction. */
export function exchange(database: DatabaseSync, entries: readonly ExchangeEntry[]): number[] {
  for (const {collection, keyField} of entries) claimCollection(database, collection, keyField)
  const stored = entries.map(({collection, key}) => storedText(database, collection, key))
  const stale = entries.flatMap(({before, after}, position) =>
    stored[position] === before || stored[position] === after ? [] : [position],
  )
  if (stale.length > 0) return stale
  for (const [position, entry] of entries.entries()) apply(database, entry, stored[position])
  return []
}

function storedText(database: DatabaseSync, collection: string, key: string): string | undefined {
  return database.prepare(`SELECT doc FROM "${collection}" WHERE key = ?`).get(key)?.['doc'] as string | undefined
}

function apply(
  database: DatabaseSync,
  {collection, key, after, arrayPaths}: ExchangeEntry,
  stored: string | undefined,
): void {
  if (after === stored) return
  if (after === undefined) {
    database.prepare(`DELETE FROM "${collection}" WHERE key = ?`).run(key)
    return
  }
  writeArrayPaths(database, collection, arrayPaths)
  if (stored === undefined) database.prepare(`INSERT INTO "${collection}" (key, doc) VALUES (?, ?)`).run(key, after)
  else database.prepare(`UPDATE "${collection}" SET doc = ?2 WHERE key = ?1`).run(key, after)
}
