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
