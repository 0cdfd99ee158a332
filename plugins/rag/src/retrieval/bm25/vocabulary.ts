import type {Analyser} from '../analysis/analyser.js'
import {GrowingArray} from './growing-array.js'

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
