import {hasCode} from '../command/errors.js'

/**
 * What a document may hold: JSON and dates (BSON dates in MongoDB), as every adapter stores it. `documentText` says what
 * is refused. Undefined fields are left out; the order of fields is not kept.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | Date
  | readonly Value[]
  | {readonly [field: string]: Value | undefined}
export type StoredDocument = object

export type Scalar = string | number | boolean | Date | null

/**
 * The subset of MongoDB's conditions that every adapter understands, with MongoDB's meaning; a bare value means equality.
 * `$gte` and `$lt` find values of their own type only, null and `$ne` also find missing fields.
 */
export interface Condition {
  $in?: readonly Scalar[]
  $gte?: Scalar
  $lt?: Scalar
  $ne?: Scalar
}

/**
 * Field paths may be dotted (`metadata.origin`); one that meets an array holds when it holds for an element. All
 * entries must hold. An undefined value is an error, never "any".
 */
export type Filter = Readonly<Record<string, Scalar | Condition>>

export interface FindOptions {
  /**
   * Field paths with 1 (ascending) or -1; order of the entries matters. Null and missing come before numbers, then text
   * by code points, objects, arrays, booleans, dates. The order of equals is open: end with the natural key for a total
   * order. The order among objects and among arrays is the store's own.
   */
  sort?: Readonly<Record<string, 1 | -1>>
  /** At least 0. */
  limit?: number
}

export interface UpsertCounts {
  inserted: number
  updated: number
  unchanged: number
}

export interface IndexSpec {
  /** Field paths; ascending. */
  fields: readonly string[]
  /** Refuses a second document with the same scalars in these fields. */
  unique?: boolean
}

/** Documents that are alike in some fields. */
export interface Tally {
  /** By field: its text, null for nothing there, undefined for what is neither. */
  texts: Readonly<Record<string, string | null | undefined>>
  /** Whether the date field holds a date. */
  isDated: boolean
  count: number
}

export interface Collection<T extends StoredDocument> {
  /**
   * Inserts or replaces by the natural key, in batches with backpressure: a batch is written whole or, when its process
   * dies, not at all (on MongoDB: each document whole). A document equal to the stored one is not written and counts as
   * unchanged; of two with the same key the later one stays. The key field holds text and is the same in every call.
   * @throws Ep23Error STORE_VALUE_REFUSED or STORE_KEY_MISSING (65) for a document no store can hold, with what came in
   * earlier batches written; DISK_FULL, STORE_LOCKED (75), NOT_WRITABLE (77), STORE_UNAVAILABLE (69)
   */
  upsertMany(documents: Iterable<T> | AsyncIterable<T>, key: keyof T & string): Promise<UpsertCounts>
  /**
   * Streams matching documents; the cursor is closed when the loop ends early. Read on without long pauses: a MongoDB
   * server gives up a cursor that idles for ten minutes.
   */
  find(filter?: Filter, options?: FindOptions): AsyncIterable<T>
  /** How many matching documents there are for each value of a text field; documents with anything else there are left out. */
  countBy(filter: Filter, field: string): Promise<Map<string, number>>
  /**
   * How many matching documents there are for each combination of what stands in some text fields and of whether another one holds
   * a date: one question where `countBy` needs several. The order of the groups is open.
   */
  tally(filter: Filter, fields: {texts: readonly string[]; date: string}): Promise<Tally[]>
  /** Returns how many documents were deleted. */
  deleteMany(filter: Filter): Promise<number>
  /** Makes the index unless there is one. @throws Ep23Error STORE_DUPLICATE (65) when stored documents break a unique one */
  ensureIndex(spec: IndexSpec): Promise<void>
  /** Whether there is such an index. */
  hasIndex(spec: IndexSpec): Promise<boolean>
}

/** One document's change: what the caller has read under its key, and what is to be there instead. */
export interface Exchange {
  collection: string
  /** The collection's natural key, a field of both documents. */
  key: string
  /** The stored document as it was read; absent: there is none. */
  before?: StoredDocument
  /** What takes its place; absent: nothing, the document is deleted. */
  after?: StoredDocument
}

/** The document port: the same behaviour on the embedded store and on MongoDB (see the contract suite in `testing`). */
export interface Store {
  /** Where the data is, without secrets: a file path, or host and database. */
  readonly location: string
  collection<T extends StoredDocument>(name: string): Collection<T>
  /**
   * Changes documents of several collections, each only if it is still what the caller has read: all of them in one
   * transaction on SQLite; on MongoDB in the order given, so that what must not be lost goes first. A change whose `after`
   * is there already is done. The caller bounds the batch: a thousand documents or so.
   * @returns positions of the changes whose document is a different one by now. None was written then, except on MongoDB
   * when another process wrote in the same instant; read those documents again, decide, and exchange again.
   * @throws as `upsertMany` does
   */
  exchange(changes: readonly Exchange[]): Promise<number[]>
  /**
   * Makes sure that what was written is still where it was written to; does nothing for a store that was not used.
   * @throws Ep23Error STORE_GONE (75) when the store's file was deleted or replaced meanwhile
   */
  confirm(): Promise<void>
  /** Fails with exit 69 when the store cannot be reached. */
  ping(): Promise<void>
  dispose(): Promise<void>
}

/** What is found, and nothing where there is no store yet: for what is only kept on the side, such as a cache. */
export async function* whereStored<T>(found: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* found
  } catch (error) {
    if (!hasCode(error, 'STORE_MISSING')) throw error
  }
}
