import type {Analyser} from '../analysis/analyser.js'

/** Numbers the terms in the order in which they come up, and remembers the terms of every word. */
export class Vocabulary {
  readonly #analyser: Analyser
  readonly #numbers: Map<string, number>
  readonly #byWord = new Map<string, readonly number[]>()

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

  /** Numbers of the terms of a word. */
  numbersOf(word: string): readonly number[] {
    let numbers = this.#byWord.get(word)
    if (numbers === undefined) {
      numbers = this.#analyser.terms(word).map(({term}) => this.#numberOf(term))
      this.#byWord.set(word, numbers)
    }
    return numbers
  }

  #numberOf(term: string): number {
    const known = this.#numbers.get(term)
    if (known !== undefined) return known
    this.#numbers.set(term, this.#numbers.size)
    return this.#numbers.size - 1
  }
}
