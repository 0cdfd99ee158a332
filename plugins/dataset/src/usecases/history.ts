import {type Clock, type Filter, type Store, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

/** The collection of what was overwritten or removed. */
export const HISTORY = 'ep23_history'

/** A version of a document that is stored no more, and the run that took it away. */
export interface HistoryEntry {
  /** Made of collection, document and the version's hash: a version is there once, under the last run that took it away. */
  entry_id: string
  collection: string
  document_id: string
  channel: string
  /** `YYYY-MM-DD`. */
  day: string
  action: 'replaced' | 'removed'
  /** The run that replaced or removed it. */
  run_id: string
  command: string
  /** When that run began. */
  recorded_at: Date
  /** The version's size in KiB, rounded up, as text: a store counts by texts and cannot add. */
  size_kib: string
  /** The version itself. */
  document: object
}

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

/** The `data` of `dataset:history --json`. */
export interface HistoryData extends HistorySize {
  retention: Retention
  items: HistoryItem[]
}

/** The history as lines for a terminal. */
export function renderHistory({entries, size_kib, retention, items}: HistoryData): Message[] {
  const kept = message('historyKept', {days: retention.days, mib: retention.mib})
  const size = message('historyLine', {versions: entries, kibibytes: size_kib, kept})
  const lines = items.map(({recorded_at, action, collection, document_id, command, run_id}) =>
    message('historyItem', {
      at: recorded_at,
      action,
      document: `${collection.padEnd(14)}  ${document_id}`,
      command,
      run: run_id,
    }),
  )
  const undo = items[0] ? [message('bringRunBack', {run: items[0].run_id})] : []
  return [...lines, size, ...undo]
}
