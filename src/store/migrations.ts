import type {IndexSpec, Store} from '@ep23/sdk'

import {RUN_METRICS_BY_TIME, SPANS_BY_START} from '../telemetry/run-telemetry.js'

/** A change of what an older ep23 has left, as data. Every one may be made again, and leaves the documents as they are. */
export interface Migration {
  /** The store's format before and after: one number where an older ep23 can still use the store. */
  from: number
  to: number
  collection: string
  /** What is made. */
  index: IndexSpec
}

/** In the order in which they are made. */
const MIGRATIONS: readonly Migration[] = [
  {from: 1, to: 1, collection: 'ep23_spans', index: SPANS_BY_START},
  {from: 1, to: 1, collection: 'ep23_metrics', index: RUN_METRICS_BY_TIME},
]

/** What a store still needs; reads only. A collection without documents needs nothing. */
export async function pendingMigrations(store: Store): Promise<Migration[]> {
  const pending: Migration[] = []
  for (const migration of MIGRATIONS) if (await isPending(store, migration)) pending.push(migration)
  return pending
}

async function isPending(store: Store, {collection, index}: Migration): Promise<boolean> {
  const documents = store.collection(collection)
  const [first] = await Array.fromAsync(documents.find({}, {limit: 1}))
  return first !== undefined && !(await documents.hasIndex(index))
}

/** Made whole or, when the process dies, not at all. */
export async function migrate(store: Store, {collection, index}: Migration): Promise<void> {
  await store.collection(collection).ensureIndex(index)
}
