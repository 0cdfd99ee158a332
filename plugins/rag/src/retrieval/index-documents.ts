import {hash} from 'node:crypto'
import {badDataError} from '@ep23/sdk'
import type {Analyser} from './analyser.js'
import {compareBytes} from './ranking.js'
import {type Bm25Index, HASH_BYTES, requireSignature, rowBounds, type SparseCounts, transpose} from './bm25-index.js'
import {DocumentRows, Vocabulary} from './document-terms.js'
import {message} from '../words/words.js'

export interface IndexedText {
  id: string
  text: string
}

export interface IndexingResult {
  index: Bm25Index
  /** Documents that are new or have another text than before. */
  analysed: number
  /** Documents taken over as they were. */
  unchanged: number
  /** Documents of the previous index that are there no more. */
  removed: number
}

/**
 * Indexes documents: all of them and nothing else. Those that the previous index has under the same id with the same text are
 * not analysed again; the result searches exactly as one built anew.
 * @param previous an index made with the same analyser.
 * @throws Ep23Error RAG_DOCUMENT_TWICE (65) for an id that occurs twice, RAG_INDEX_SIGNATURE (65) for a previous index made
 * with another analyser.
 */
export function indexDocuments(
  documents: Iterable<IndexedText>,
  analyser: Analyser,
  previous?: Bm25Index,
): IndexingResult {
  const work = indexing(documents, analyser, previous)
  for (;;) {
    const {done, value} = work.next()
    if (done) return value
  }
}

/** The same, stopping between documents: for `inTurns`. */
export function* indexing(
  documents: Iterable<IndexedText>,
  analyser: Analyser,
  previous?: Bm25Index,
): Generator<undefined, IndexingResult> {
  if (previous) requireSignature(previous, analyser)
  const builder = new IndexBuilder(analyser, previous)
  for (const document of documents) {
    builder.add(document)
    yield
  }
  return builder.finish()
}

class IndexBuilder {
  readonly #analyser: Analyser
  readonly #vocabulary: Vocabulary
  readonly #rows = new DocumentRows()
  readonly #meet = (term: number) => this.#rows.meet(term)
  readonly #documents: {id: string; hash: Buffer; row: number}[] = []
  readonly #seen = new Set<string>()
  readonly #previous: PreviousDocuments | undefined
  #unchanged = 0

  constructor(analyser: Analyser, previous: Bm25Index | undefined) {
    this.#analyser = analyser
    this.#vocabulary = new Vocabulary(analyser, previous?.terms)
    this.#previous = previous && new PreviousDocuments(previous)
  }

  add({id, text}: IndexedText): void {
    if (this.#seen.has(id)) throw documentTwice(id)
    const digest = hash('sha256', text, 'buffer')
    this.#seen.add(id)
    this.#documents.push({id, hash: digest, row: this.#documents.length})
    if (!this.#takeOver(id, digest)) this.#analyse(text)
  }

  finish(): IndexingResult {
    const sorted = this.#documents.toSorted((a, b) => compareBytes(a.id, b.id))
    const order = Uint32Array.from(sorted, ({row}) => row)
    const postings = transpose(this.#rows.matrix(), this.#vocabulary.size, order)
    const lengths = this.#rows.lengths()
    const index: Bm25Index = {
      signature: this.#analyser.signature,
      ids: sorted.map(({id}) => id),
      hashes: Buffer.concat(sorted.map(document => document.hash)),
      lengths: order.map(row => lengths[row] ?? 0),
      ...withoutUnusedTerms(this.#vocabulary.terms(), postings),
    }
    const [unchanged, all] = [this.#unchanged, sorted.length]
    return {index, analysed: all - unchanged, unchanged, removed: this.#previous?.countMissing(this.#seen) ?? 0}
  }

  #analyse(text: string): void {
    let length = 0
    for (const token of this.#analyser.tokens(text)) length += this.#vocabulary.expand(token, this.#meet)
    this.#rows.close(length)
  }

  #takeOver(id: string, digest: Buffer): boolean {
    const previous = this.#previous
    const row = previous?.find(id, digest)
    if (previous === undefined || row === undefined) return false
    this.#rows.copy(previous.matrix, row, previous.lengthOf(row))
    this.#unchanged++
    return true
  }
}

/** A previous index turned back into documents × terms. */
class PreviousDocuments {
  readonly matrix: SparseCounts
  readonly #index: Bm25Index
  readonly #rows: ReadonlyMap<string, number>

  constructor(index: Bm25Index) {
    this.#index = index
    this.matrix = transpose(index.postings, index.ids.length)
    this.#rows = new Map(index.ids.map((id, row) => [id, row]))
  }

  /** The row of the document if it has this text, else undefined. */
  find(id: string, digest: Buffer): number | undefined {
    const row = this.#rows.get(id)
    if (row === undefined) return undefined
    const known = this.#index.hashes.subarray(row * HASH_BYTES, (row + 1) * HASH_BYTES)
    return digest.equals(known) ? row : undefined
  }

  lengthOf(row: number): number {
    return this.#index.lengths[row] ?? 0
  }

  countMissing(ids: ReadonlySet<string>): number {
    return this.#index.ids.filter(id => !ids.has(id)).length
  }
}

/** Terms that only documents now gone or changed had. */
function withoutUnusedTerms(terms: readonly string[], postings: SparseCounts) {
  const {starts, ...entries} = postings
  const used = terms.map((_, term) => {
    const {from, to} = rowBounds(postings, term)
    return from < to
  })
  const keptStarts = starts.filter((_, term) => used[term] ?? true)
  return {terms: terms.filter((_, term) => used[term]), postings: {starts: keptStarts, ...entries}}
}

function documentTwice(id: string): Error {
  return badDataError('RAG_DOCUMENT_TWICE', message('documentIdTwice', {id}), [message('idOfItsOwn')])
}
