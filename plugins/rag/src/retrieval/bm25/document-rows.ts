import {GrowingArray} from './growing-array.js'
import type {SparseCounts} from './sparse-counts.js'

/** Documents × terms, row by row, with the length of each document in words. */
export class DocumentRows {
  readonly #starts = new GrowingArray()
  readonly #terms = new GrowingArray()
  readonly #counts = new GrowingArray()
  readonly #lengths = new GrowingArray()
  /** How often each term was met in the open row; all 0 between rows. */
  #met = new Uint32Array(1024)

  constructor() {
    this.#starts.push(0)
  }

  /** Closes a row: the terms met since the last one, each once, and how often. */
  close(length: number): void {
    for (let i = this.#starts.view().at(-1)!; i < this.#terms.length; i++) {
      const term = this.#terms.at(i)
      this.#counts.push(this.#met[term]!)
      this.#met[term] = 0
    }
    this.#starts.push(this.#terms.length)
    this.#lengths.push(length)
  }

  /** Counts a term in the open row. */
  meet(term: number): void {
    if (term >= this.#met.length) this.#widen(term)
    if (this.#met[term]!++ === 0) this.#terms.push(term)
  }

  /** Adds a whole row of another matrix over the same terms. */
  copy(matrix: SparseCounts, row: number, length: number): void {
    for (let i = matrix.starts[row]!; i < matrix.starts[row + 1]!; i++) {
      this.#terms.push(matrix.columns[i]!)
      this.#counts.push(matrix.counts[i]!)
    }
    this.#starts.push(this.#terms.length)
    this.#lengths.push(length)
  }

  matrix(): SparseCounts {
    return {starts: this.#starts.view(), columns: this.#terms.view(), counts: this.#counts.view()}
  }

  lengths(): Uint32Array {
    return this.#lengths.view()
  }

  #widen(term: number): void {
    const wider = new Uint32Array(Math.max(term + 1, this.#met.length * 2))
    wider.set(this.#met)
    this.#met = wider
  }
}
