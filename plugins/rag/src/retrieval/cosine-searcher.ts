import {badDataError, type Message} from '@ep23/sdk'
import {compareBytes, type ScoredDocument, TopK} from './ranking.js'
import {message as say} from '../words/words.js'

export interface EmbeddedDocument {
  id: string
  vector: Float32Array
}

/**
 * Exact cosine similarity of a query vector to every document: no index, no approximation. Vectors are kept as 32-bit numbers,
 * products summed as 64-bit numbers in one fixed order, so that equal input gives equal scores everywhere.
 */
export class CosineSearcher {
  readonly #ids: readonly string[]
  readonly #dimensions: number
  /** All vectors in the order of the ids, one after the other. */
  readonly #vectors: Float32Array
  readonly #norms: Float64Array

  /**
   * @throws Ep23Error RAG_EMBEDDING_BAD (65) for a vector of another length than the first one, with a number that is not finite,
   * or of nothing but zeros; it names the document.
   */
  constructor(documents: readonly EmbeddedDocument[]) {
    const sorted = documents.toSorted((a, b) => compareBytes(a.id, b.id))
    this.#ids = sorted.map(({id}) => id)
    this.#dimensions = documents[0]?.vector.length ?? 0
    this.#vectors = new Float32Array(sorted.length * this.#dimensions)
    this.#norms = new Float64Array(sorted.length)
    for (const [i, {id, vector}] of sorted.entries()) {
      this.#norms[i] = this.#requireNorm(vector, say('embeddingOf', {id}))
      this.#vectors.set(vector, i * this.#dimensions)
    }
  }

  /** At most `limit` documents by cosine similarity, −1 … 1, in trec order. @throws as the constructor, for the query. */
  search(query: Float32Array, limit: number): ScoredDocument[] {
    if (this.#ids.length === 0) return []
    const norm = this.#requireNorm(query, say('queryEmbedding'))
    const best = new TopK(Math.min(limit, this.#ids.length))
    for (const [i, other] of this.#norms.entries()) best.offer(i, this.#product(query, i) / (norm * other))
    return best.drain(this.#ids)
  }

  #product(query: Float32Array, document: number): number {
    const start = document * this.#dimensions
    let sum = 0
    for (let i = 0; i < this.#dimensions; i++) sum += (query[i] ?? 0) * (this.#vectors[start + i] ?? 0)
    return sum
  }

  #requireNorm(vector: Float32Array, what: Message): number {
    if (vector.length !== this.#dimensions)
      throw badEmbedding(say('otherLength', {what, length: vector.length, others: this.#dimensions}))
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    if (!Number.isFinite(norm)) throw badEmbedding(say('notFinite', {what}))
    if (norm === 0) throw badEmbedding(say('allZeros', {what}))
    return norm
  }
}

function badEmbedding(problem: Message): Error {
  return badDataError('RAG_EMBEDDING_BAD', problem, [say('embedAgain')])
}
