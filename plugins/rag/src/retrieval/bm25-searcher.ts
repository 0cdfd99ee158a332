import type {Analyser} from './analyser.js'
import {type ScoredDocument, TopK} from './ranking.js'
import {type Bm25Index, requireSignature, rowBounds} from './bm25-index.js'

export interface Bm25Parameters {
  /** How slowly repetitions of a term saturate: 0 counts them once, large values nearly in full. */
  k1: number
  /** How much long documents are held back: 0 not at all, 1 in full proportion. */
  b: number
}

export const BM25_DEFAULTS: Readonly<Bm25Parameters> = {k1: 0.9, b: 0.75}

interface QueryTerm {
  number: number
  weight: number
}

/**
 * Searches an index with BM25 as Lucene computes it since version 8 (Kamphuis et al. 2020, "BM25 (Lucene, accurate)"):
 *
 *     score(q, d) = Σ w(t) · idf(t) · tf / (tf + k1 · (1 − b + b · |d| / avgdl))      over the terms t of q, with repetition
 *     idf(t) = ln(1 + (N − df + 0.5) / (df + 0.5))
 *
 * N documents, df of them with t, tf times in d; |d| in words after stop words, not quantised to a byte as Lucene does; w as
 * the analyser weighs its terms. Scores are 64-bit and summed in the order of the query's words, so that equal input gives
 * equal scores everywhere. A word that no document has goes on as those it may be a mistyping of (`NearTerms`).
 */
export class Bm25Searcher {
  readonly #index: Bm25Index
  readonly #analyser: Analyser
  readonly #numbers: ReadonlyMap<string, number>
  /** k1 · (1 − b + b · |d| / avgdl) of each document. */
  readonly #saturation: Float64Array
  /** Scores of the query at work; all 0 between queries. */
  readonly #scores: Float64Array
  readonly #matched: Uint32Array
  /** Made for the first word that no document has. */
  #near: NearTerms | undefined

  /**
   * @throws Ep23Error RAG_INDEX_SIGNATURE (65) for an analyser other than the index was made with.
   * @throws RangeError for k1 below 0 or b outside 0 … 1.
   */
  constructor(index: Bm25Index, analyser: Analyser, parameters: Bm25Parameters = BM25_DEFAULTS) {
    requireSignature(index, analyser)
    this.#index = index
    this.#analyser = analyser
    this.#numbers = new Map(index.terms.map((term, number) => [term, number]))
    this.#saturation = saturation(index.lengths, parameters)
    this.#scores = new Float64Array(index.ids.length)
    this.#matched = new Uint32Array(index.ids.length)
  }

  /** At most `limit` documents with at least one term of the query, or one it may have been meant for, in trec order. */
  search(query: string, limit: number): ScoredDocument[] {
    let matched = 0
    for (const term of this.#termsOf(query)) matched = this.#addTerm(term, matched)
    return this.#takeBest(matched, limit)
  }

  /** Terms that the index has, each once, in the order of the query. */
  #termsOf(query: string): Iterable<QueryTerm> {
    const found = new Map<number, QueryTerm>()
    const add = (number: number, weight: number) =>
      void found.set(number, {number, weight: weight + (found.get(number)?.weight ?? 0)})
    for (const token of this.#analyser.tokens(query)) {
      for (const {term, weight} of this.#analyser.words(token).flat()) {
        const number = this.#numbers.get(term)
        if (number === undefined) this.#addNear(term, weight, add)
        else add(number, weight)
      }
    }
    return found.values()
  }

  /** A word that no document has may be mistyped: its weight goes to the words it may have been meant for, in equal parts. */
  #addNear(term: string, weight: number, add: (number: number, weight: number) => void): void {
    this.#near ??= new NearTerms(this.#index.terms)
    const near = this.#near.find(term)
    for (const meant of near) {
      const number = this.#numbers.get(meant)
      if (number !== undefined) add(number, weight / near.length)
    }
  }

  #addTerm({number, weight}: QueryTerm, matchedBefore: number): number {
    const {columns, counts} = this.#index.postings
    const {from, to} = rowBounds(this.#index.postings, number)
    const factor = weight * inverseDocumentFrequency(this.#index.ids.length, to - from)
    // The innermost loop of every search: fields are read once.
    const [scores, saturation, met] = [this.#scores, this.#saturation, this.#matched]
    let matched = matchedBefore
    for (let i = from; i < to; i++) {
      const document = columns[i] ?? 0
      const count = counts[i] ?? 0
      const before = scores[document] ?? 0
      // Every contribution is above 0, so a score of 0 means: not met yet.
      if (before === 0) met[matched++] = document
      scores[document] = before + factor * (count / (count + (saturation[document] ?? 0)))
    }
    return matched
  }

  #takeBest(matched: number, limit: number): ScoredDocument[] {
    const best = new TopK(Math.min(limit, matched))
    const [scores, met] = [this.#scores, this.#matched]
    for (let i = 0; i < matched; i++) {
      const document = met[i] ?? 0
      best.offer(document, scores[document] ?? 0)
      scores[document] = 0
    }
    return best.drain(this.#index.ids)
  }
}

function inverseDocumentFrequency(documents: number, withTerm: number): number {
  return Math.log(1 + (documents - withTerm + 0.5) / (withTerm + 0.5))
}

function saturation(lengths: Uint32Array, {k1, b}: Bm25Parameters): Float64Array {
  if (!(k1 >= 0 && k1 < Infinity)) throw new RangeError(`k1 is ${k1}: a number from 0 is needed`)
  if (!(b >= 0 && b <= 1)) throw new RangeError(`b is ${b}: a number from 0 to 1 is needed`)
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  return Float64Array.from(lengths, length => k1 * (1 - b + (b * length) / average))
}

/** Shorter words have too many neighbours that mean something else. */
const SHORTEST = 5
const WORD = /^\p{L}+$/u

/**
 * Terms of a vocabulary that differ from a word by one typing error: a letter left out, added, replaced, or two neighbours swapped
 * (optimal string alignment distance 1), behind the same first letter.
 */
export class NearTerms {
  readonly #byStart: ReadonlyMap<string, readonly string[]>
  readonly #known = new Map<string, readonly string[]>()

  constructor(terms: readonly string[]) {
    const words = terms.filter(term => term.length >= SHORTEST - 1 && WORD.test(term))
    this.#byStart = Map.groupBy(words, term => term.charAt(0))
  }

  /** None for a word that is short or not made of letters alone. */
  find(word: string): readonly string[] {
    if (word.length < SHORTEST || !WORD.test(word)) return []
    const known = this.#known.get(word)
    if (known !== undefined) return known
    const found = (this.#byStart.get(word.charAt(0)) ?? []).filter(term => isOneErrorAway(word, term))
    this.#known.set(word, found)
    return found
  }
}

/** Compares from both ends: what is left between them tells the error. */
function isOneErrorAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  const shared = Math.min(a.length, b.length)
  let start = 0
  while (start < shared && a[start] === b[start]) start++
  let end = 0
  while (end < shared - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.length - start - end, b.length - start - end]
  if (left <= 1 && right <= 1) return left + right > 0
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
}
