import type {Store, StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import {ORIGINS} from '../../domain/documents/origin.js'
import type {DocumentKind} from '../../domain/documents/document-kind.js'

/** A channel's documents of the window that ep23 keeps, as they stand in the store, by id. */
export async function readExisting<T extends StoredDocument>(
  store: Store,
  {collection, channelField, originField, idOf}: DocumentKind<T>,
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<Map<string, T>> {
  const existing = new Map<string, T>()
  const filter = {[channelField]: channel, created_at: {$gte: from, $lt: to}, [originField]: {$in: ORIGINS}}
  for await (const document of store.collection<T>(collection).find(filter)) existing.set(idOf(document), document)
  return existing
}
