import {rowBounds, type SparseCounts} from './bm25-index.js'
import type {Analyser} from './analyser.js'

/**
 * Numbers the terms in the order in which they come up, and remembers what every token stands for: in natural text nearly every
 * token was met before. What is remembered stands in one array of numbers, because the time goes into reaching memory.
 */
export class Vocabulary {
  readonly #analyser: Analyser
  readonly #numbers: Map<string, number>
  readonly #places = new Map<string, number>()
  /** For each token: how many words it stands for, how many terms they have, and the terms. */
  readonly #entries = new GrowingArray()

  constructor(analyser: Analyser, terms: readonly string[] = []) {
    this.#analyser = analyser
    this.#numbers = new Map(terms.map((term, number) => [term, number]))
  }

  get size(): number {
    return this.#numbers.size
  }

  terms(): string[] {
    return [...this.#numbers.keys()]
  }

  /** Calls `meet` with the number of each term of a token; returns how many words the token stands for. */
  expand(token: string, meet: (term: number) => void): number {
    const place = this.#places.get(token) ?? this.#learn(token)
    const end = place + 2 + this.#entries.at(place + 1)
    for (let i = place + 2; i < end; i++) meet(this.#entries.at(i))
    return this.#entries.at(place)
  }

  #learn(token: string): number {
    const place = this.#entries.length
    const words = this.#analyser.words(token)
    const terms = words.flat()
    this.#entries.push(words.length)
    this.#entries.push(terms.length)
    for (const {term} of terms) this.#entries.push(this.#numberOf(term))
    this.#places.set(detached(token), place)
    return place
  }

  #numberOf(term: string): number {
    const known = this.#numbers.get(term)
    if (known !== undefined) return known
    this.#numbers.set(detached(term), this.#numbers.size)
    return this.#numbers.size - 1
  }
}

/** A copy: a slice of a text would keep the whole text in memory. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}

/** Documents × terms, row by row, with the length of each document in words. */
export class DocumentRows {
  readonly #starts = new GrowingArray()
  readonly #terms = new GrowingArray()
  readonly #counts = new GrowingArray()
  readonly #lengths = new GrowingArray()
  /** Where the open row begins. */
  #open = 0
  /** How often each term was met in the open row; all 0 between rows. */
  #met = new Uint32Array(1024)

  constructor() {
    this.#starts.push(0)
  }

  /** Closes a row: the terms met since the last one, each once, and how often. */
  close(length: number): void {
    for (let i = this.#open; i < this.#terms.length; i++) {
      const term = this.#terms.at(i)
      this.#counts.push(this.#met[term] ?? 0)
      this.#met[term] = 0
    }
    this.#end(length)
  }

  /** Counts a term in the open row. */
  meet(term: number): void {
    if (term >= this.#met.length) this.#widen(term)
    const before = this.#met[term] ?? 0
    if (before === 0) this.#terms.push(term)
    this.#met[term] = before + 1
  }

  /** Adds a whole row of another matrix over the same terms. */
  copy(matrix: SparseCounts, row: number, length: number): void {
    const {from, to} = rowBounds(matrix, row)
    for (const term of matrix.columns.subarray(from, to)) this.#terms.push(term)
    for (const count of matrix.counts.subarray(from, to)) this.#counts.push(count)
    this.#end(length)
  }

  matrix(): SparseCounts {
    return {starts: this.#starts.view(), columns: this.#terms.view(), counts: this.#counts.view()}
  }

  lengths(): Uint32Array {
    return this.#lengths.view()
  }

  #end(length: number): void {
    this.#open = this.#terms.length
    this.#starts.push(this.#open)
    this.#lengths.push(length)
  }

  #widen(term: number): void {
    const wider = new Uint32Array(Math.max(term + 1, this.#met.length * 2))
    wider.set(this.#met)
    this.#met = wider
  }
}

/** Unsigned 32-bit numbers whose count is not known in advance; grows by doubling. */
export class GrowingArray {
  #values = new Uint32Array(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  at(place: number): number {
    return this.#values[place] ?? 0
  }

  /** The numbers so far, without a copy; the next `push` may leave it behind. */
  view(): Uint32Array {
    return this.#values.subarray(0, this.#length)
  }
}
