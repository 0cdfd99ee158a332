import type {Store} from './store/store.js'

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchemaDocument = Readonly<Record<string, unknown>>

/**
 * One line of an export: these fields order, name and count it, the others are the exporter's own and stand in its
 * schema. Records are plain JSON: no dates, nothing undefined.
 */
export interface ExportRecord {
  readonly sample_id: string
  readonly channel: string
  /** UTC with milliseconds, `2024-11-04T20:59:59.999Z`. */
  readonly timestamp: string
  readonly metadata?: {readonly origin?: string}
}

/** Which records are wanted; what is absent does not narrow. */
export interface ExportQuery {
  /** Records from this moment on. */
  from?: Date
  /** Records before this moment. */
  to?: Date
  channels?: readonly string[]
  /** Primary subtag of the language: `ru` also takes `ru-RU`. */
  language?: string
  origin?: string
}

/** An exporter at one store, for one query. */
export interface ExportReader {
  count(query: ExportQuery): Promise<number>
  records(query: ExportQuery): AsyncIterable<ExportRecord>
  /** Says that the records of the whole query are going to be read, so that the store may look for them while it counts. */
  prefetch?(): void
  /** Lets go of what was fetched and not read, without waiting for it; comes last. */
  close?(): void
}

/**
 * Something that turns the store into records; plugins contribute theirs. `exporters:verify` holds every exporter to the
 * same rules: the same bytes twice, records of its schema in order, nothing lost on the way back into a store.
 */
export interface Exporter {
  /** `[a-z][a-z0-9_]*`, at most 64 characters: file names and the metrics' label. */
  readonly name: string
  readonly summary: string
  /** JSON Schema of a record, with an `$id`. */
  schema(): Promise<JsonSchemaDocument>
  /** Where the committed schema lies that records are held to; without it the schema of the code is its own measure. */
  readonly schemaSnapshot?: URL
  /** How many records the query finds. */
  count(store: Store, query: ExportQuery): Promise<number>
  /**
   * Streams the records in ascending order of channel, timestamp, sample_id (by code points).
   * @throws Ep23Error EXPORT_BAD_DOCUMENT (65), naming document and field, for one that cannot become a record
   */
  records(store: Store, query: ExportQuery): AsyncIterable<ExportRecord>
  /**
   * `count` and `records` for an export that asks for several counts and then reads: what it has learned of the store it need not ask
   * again.
   * @param query the export's own; it may ask for it and for queries with less in them
   */
  reader?(store: Store, query: ExportQuery): ExportReader
}
