import type {SpanRecord} from './span-record.js'

/** Takes finished spans of other services into the store, beside those of this process. */
export interface SpanArchive {
  /** Secrets are hidden, names and values bounded; a span that is handed over again is stored once. */
  add(spans: readonly SpanRecord[]): Promise<void>
}
