import {badDataError} from '@ep23/sdk'
import type {Analyser} from './analyser.js'
import {message} from '../words/words.js'

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

/** @throws Ep23Error RAG_INDEX_SIGNATURE (65) when the index was made with another analyser: its terms would not be found. */
export function requireSignature(
  {signature}: Pick<Bm25Index, 'signature'>,
  analyser: Pick<Analyser, 'signature'>,
): void {
  if (signature === analyser.signature) return
  throw badDataError('RAG_INDEX_SIGNATURE', message('otherAnalyser', {signature, own: analyser.signature}), [
    message('buildAgain'),
  ])
}

/**
 * A sparse matrix of counts in compressed rows: the entries of row r are `columns[i]`, `counts[i]` for i from `starts[r]` to
 * `starts[r + 1]`. Documents × terms while indexing, terms × documents while searching.
 */
export interface SparseCounts {
  starts: Uint32Array
  columns: Uint32Array
  counts: Uint32Array
}

/**
 * Rows become columns, in time linear in the entries; within the new rows the columns ascend.
 * @param columns how many columns there are.
 * @param order in which the rows are taken: row `order[i]` becomes column i. By default they keep their numbers.
 */
export function transpose(matrix: SparseCounts, columns: number, order = rowsOf(matrix)): SparseCounts {
  const starts = columnStarts(matrix, columns)
  const next = starts.slice()
  const turned = {
    starts,
    columns: new Uint32Array(matrix.columns.length),
    counts: new Uint32Array(matrix.columns.length),
  }
  for (const [newRow, row] of order.entries()) {
    const {from, to} = rowBounds(matrix, row)
    for (let i = from; i < to; i++) {
      const column = matrix.columns[i] ?? 0
      const index = next[column] ?? 0
      turned.columns[index] = newRow
      turned.counts[index] = matrix.counts[i] ?? 0
      next[column] = index + 1
    }
  }
  return turned
}

/** Where the entries of a row begin and end; a row that there is not is empty. */
export function rowBounds({starts}: SparseCounts, row: number): {from: number; to: number} {
  return {from: starts[row] ?? 0, to: starts[row + 1] ?? 0}
}

function columnStarts({columns}: SparseCounts, width: number): Uint32Array {
  const starts = new Uint32Array(width + 1)
  for (const column of columns) starts[column + 1] = (starts[column + 1] ?? 0) + 1
  let before = 0
  for (const [column, count] of starts.entries()) starts[column] = before += count
  return starts
}

function rowsOf({starts}: SparseCounts): Uint32Array {
  return Uint32Array.from({length: starts.length - 1}, (_, row) => row)
}
