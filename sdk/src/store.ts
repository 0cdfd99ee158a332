/** What a document may hold: JSON and dates. Dates are BSON dates in MongoDB. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Date
  | readonly Value[]
  | {readonly [field: string]: Value | undefined}
export type StoredDocument = object

type Scalar = string | number | boolean | Date | null

/** The subset of MongoDB's conditions that every adapter understands; a bare value means equality. */
export interface Condition {
  $in?: readonly Scalar[]
  $gte?: Scalar
  $lt?: Scalar
  $ne?: Scalar
}

/** Field paths may be dotted (`metadata.origin`). All entries must hold. */
export type Filter = Readonly<Record<string, Scalar | Condition>>

export interface FindOptions {
  /** Field paths with 1 (ascending) or -1; order of the entries matters. */
  sort?: Readonly<Record<string, 1 | -1>>
  limit?: number
}

export interface UpsertCounts {
  inserted: number
  updated: number
  unchanged: number
}

export interface IndexSpec {
  fields: readonly string[]
  unique?: boolean
}

export interface Collection<T extends StoredDocument> {
  /**
   * Inserts or replaces by the natural key, in batches with backpressure. Within one call a key may occur once.
   * A document equal to the stored one is not written and counts as unchanged.
   */
  upsertMany(documents: Iterable<T> | AsyncIterable<T>, key: keyof T & string): Promise<UpsertCounts>
  /** Streams matching documents; the cursor is closed when the loop ends early. */
  find(filter?: Filter, options?: FindOptions): AsyncIterable<T>
  /** How many matching documents there are for each value of a string field. */
  countBy(filter: Filter, field: string): Promise<Map<string, number>>
  /** Returns how many documents were deleted. */
  deleteMany(filter: Filter): Promise<number>
  ensureIndex(spec: IndexSpec): Promise<void>
}

/** The document port: the same behaviour on the embedded store and on MongoDB (see the contract suite in `testing`). */
export interface Store {
  /** Where the data is, without secrets: a file path, or host and database. */
  readonly location: string
  collection<T extends StoredDocument>(name: string): Collection<T>
  /** Fails with exit 69 when the store cannot be reached. */
  ping(): Promise<void>
  dispose(): Promise<void>
}
