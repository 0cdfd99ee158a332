import type {Collection, StoredDocument, UpsertCounts} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'

/** What stands in the store against what should: nothing here writes. */
export interface Changes<T> {
  insert: T[]
  update: T[]
  unchanged: number
}

/** Splits the wanted documents by what the store needs: a kept document is the very object that was read from it. */
export function changesOf<T extends StoredDocument>(
  wanted: readonly T[],
  existing: ReadonlyMap<string, T>,
  idOf: (document: T) => string,
): Changes<T> {
  const changes: Changes<T> = {insert: [], update: [], unchanged: 0}
  for (const document of wanted) {
    const stored = existing.get(idOf(document))
    if (stored === document) changes.unchanged += 1
    else (stored ? changes.update : changes.insert).push(document)
  }
  return changes
}

/** Writes what changed and returns the counts that the store confirms. */
export async function upsertChanges<T extends StoredDocument>(
  documents: Collection<T>,
  {insert, update, unchanged}: Changes<T>,
  key: keyof T & string,
): Promise<UpsertCounts> {
  if (insert.length + update.length === 0) return {inserted: 0, updated: 0, unchanged}
  const written = await documents.upsertMany([...insert, ...update], key)
  return {...written, unchanged: written.unchanged + unchanged}
}

/** Removes a channel's documents outside the window; returns how many. */
export async function removeOutside<T extends StoredDocument>(
  documents: Collection<T>,
  channelField: 'channel' | 'assignment_id',
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<number> {
  const before = await documents.deleteMany({[channelField]: channel, created_at: {$lt: from}})
  const after = await documents.deleteMany({[channelField]: channel, created_at: {$gte: to}})
  return before + after
}
