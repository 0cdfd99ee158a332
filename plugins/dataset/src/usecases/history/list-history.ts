import type {Filter, Store} from '@ep23/sdk'

import {HISTORY, type HistoryEntry} from '../../domain/history-entry.js'

export interface HistoryQuery {
  run?: string
  channel?: string
  /** `YYYY-MM-DD`. */
  day?: string
  limit: number
}

/** What the history holds of one lost version, without the version itself. */
export type HistoryItem = Omit<HistoryEntry, 'document' | 'size_kib' | 'recorded_at'> & {
  recorded_at: string
  size_kib: number
}

export interface HistorySize {
  entries: number
  size_kib: number
}

/** The newest lost versions first. */
export async function listHistory(store: Store, {run, channel, day, limit}: HistoryQuery): Promise<HistoryItem[]> {
  const filter = {...(run && {run_id: run}), ...(channel && {channel}), ...(day && {day})}
  const entries = store.collection<HistoryEntry>(HISTORY).find(filter, {sort: {recorded_at: -1, entry_id: 1}, limit})
  return Array.fromAsync(entries, itemOf)
}

function itemOf({document: _document, size_kib, recorded_at, ...item}: HistoryEntry): HistoryItem {
  return {...item, recorded_at: recorded_at.toISOString(), size_kib: Number(size_kib)}
}

/** How much the history holds; counted by the store, no version is read. */
export async function historySize(store: Store, filter: Filter = {}): Promise<HistorySize> {
  const sizes = await store.collection<HistoryEntry>(HISTORY).countBy(filter, 'size_kib')
  let [entries, size_kib] = [0, 0]
  for (const [kib, count] of sizes) {
    entries += count
    size_kib += Number(kib) * count
  }
  return {entries, size_kib}
}
