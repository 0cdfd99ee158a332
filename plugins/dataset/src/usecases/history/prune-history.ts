import type {Clock, Store} from '@ep23/sdk'

import {HISTORY, type HistoryEntry} from '../../domain/history-entry.js'
import {historySize, type HistorySize} from './list-history.js'

const DAY = 86_400_000
const MIB = 1024
const BATCH = 200

/** How long lost versions are kept, and how much of them. */
export interface Retention {
  days: number
  mib: number
}

/** Forgets lost versions that are older, then the oldest until the rest fits; returns what was forgotten. */
export async function pruneHistory(
  {store, clock}: {store: Store; clock: Clock},
  {days, mib}: Retention,
): Promise<HistorySize> {
  const history = store.collection<HistoryEntry>(HISTORY)
  const before = await historySize(store)
  if (before.entries === 0) return before
  await history.deleteMany({recorded_at: {$lt: new Date(clock.now().getTime() - days * DAY)}})
  let left = await historySize(store)
  while (left.size_kib > mib * MIB) {
    const oldest = history.find({}, {sort: {recorded_at: 1, entry_id: 1}, limit: BATCH})
    const ids: string[] = []
    let over = left.size_kib - mib * MIB
    for await (const {entry_id, size_kib} of oldest) {
      if (over <= 0) break
      ids.push(entry_id)
      over -= Number(size_kib)
    }
    await history.deleteMany({entry_id: {$in: ids}})
    left = await historySize(store)
  }
  return {entries: before.entries - left.entries, size_kib: before.size_kib - left.size_kib}
}

/** A `dataset.history` of ep23.config.yaml; by default 90 days and 1 GiB. */
export function retentionOf(section: unknown): Retention {
  const {history} = (section ?? {}) as {history?: Partial<Retention> | null}
  return {days: history?.days ?? 90, mib: history?.mib ?? MIB}
}
