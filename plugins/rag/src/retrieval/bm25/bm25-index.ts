import type {SparseCounts} from './sparse-counts.js'

/** An inverted index: data only, whole in memory, made by `indexDocuments` and `decodeIndex`, never changed. */
export interface Bm25Index {
  /** Of the analyser that made the terms. */
  readonly signature: string
  /** Document ids, ascending by UTF-8 bytes; the place is the document's number. */
  readonly ids: readonly string[]
  /** SHA-256 of each document's text, 32 bytes each, in the order of the ids. */
  readonly hashes: Uint8Array
  /** Words of each document. */
  readonly lengths: Uint32Array
  readonly terms: readonly string[]
  /** For each term the documents that have it, ascending, and how often. */
  readonly postings: SparseCounts
}

export const HASH_BYTES = 32
