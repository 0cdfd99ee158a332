import type {Store, StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import {ORIGINS} from '../../domain/documents/origin.js'
import type {DocumentKind} from '../../domain/documents/document-kind.js'
import type {DocumentCounts} from '../../domain/seed-report.js'
import type {DocumentSet} from './seed-state.js'

type WriteCounts = Pick<DocumentCounts, 'inserted' | 'updated' | 'unchanged'>

/** What the store needs so that the wanted documents stand in it: nothing here writes. */
export function plannedCounts<T>({existing, wanted}: DocumentSet<T>, {idOf}: DocumentKind<T>): WriteCounts {
  const known = wanted.filter(document => existing.has(idOf(document)))
  const unchanged = known.filter(document => existing.get(idOf(document)) === document).length
  return {inserted: wanted.length - known.length, updated: known.length - unchanged, unchanged}
}

/** Writes what changed, and returns the counts that the store confirms. */
export async function writeDocuments<T extends StoredDocument>(
  store: Store,
  kind: DocumentKind<T>,
  {existing, wanted}: DocumentSet<T>,
): Promise<WriteCounts> {
  const changed = wanted.filter(document => existing.get(kind.idOf(document)) !== document)
  const kept = wanted.length - changed.length
  if (changed.length === 0) return {inserted: 0, updated: 0, unchanged: kept}
  const written = await store.collection<T>(kind.collection).upsertMany(changed, kind.key)
  return {...written, unchanged: written.unchanged + kept}
}

/** An index for the way in which documents are looked up; that of the key is the store's own care when it writes. */
export async function ensureIndexes<T extends StoredDocument>(
  store: Store,
  {collection, channelField}: DocumentKind<T>,
): Promise<void> {
  await store.collection<T>(collection).ensureIndex({fields: [channelField, 'created_at']})
}

/** Removes a channel's documents outside the window; returns how many. Only those that ep23 keeps, never the team's own. */
export async function removeOutside<T extends StoredDocument>(
  store: Store,
  {collection, channelField, originField}: DocumentKind<T>,
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<number> {
  const documents = store.collection<T>(collection)
  const own = {[channelField]: channel, [originField]: {$in: ORIGINS}}
  const before = await documents.deleteMany({...own, created_at: {$lt: from}})
  const after = await documents.deleteMany({...own, created_at: {$gte: to}})
  return before + after
}
