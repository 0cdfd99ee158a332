import type {Store} from '@ep23/sdk'

import {digestKind, reviewKind} from '../../domain/documents/document-kind.js'
import {HISTORY} from '../../domain/history-entry.js'

/** Indexes for the ways in which documents are looked up; that of the key is the store's own care when it writes. */
export async function ensureIndexes(store: Store): Promise<void> {
  for (const {collection, channelField} of [digestKind, reviewKind])
    await store.collection(collection).ensureIndex({fields: [channelField, 'created_at']})
  for (const fields of [['run_id'], ['document_id'], ['recorded_at']])
    await store.collection(HISTORY).ensureIndex({fields})
}
