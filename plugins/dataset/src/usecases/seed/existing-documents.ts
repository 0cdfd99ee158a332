import type {Store, StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {DocumentKind} from '../../domain/documents/document-kind.js'

/** A channel's documents of the window as they stand in the store, by id. */
export async function readExisting<T extends StoredDocument>(
  store: Store,
  {collection, channelField, idOf}: DocumentKind<T>,
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<Map<string, T>> {
  const existing = new Map<string, T>()
  for await (const document of store
    .collection<T>(collection)
    .find({[channelField]: channel, created_at: {$gte: from, $lt: to}}))
    existing.set(idOf(document), document)
  return existing
}
