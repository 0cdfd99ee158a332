/**
 * Numbers symbols 0, 1, 2 … in the order they are first seen, so that measures compare integers:
 * equal symbols have equal numbers in every sequence of one numbering.
 *
 * @example
 * const numbering = new Numbering()
 * numbering.numbersOf(['кот', 'пёс', 'кот']) // 0, 1, 0
 * numbering.numbersOf(['мышь', 'кот']) // 2, 0
 */
export class Numbering {
  readonly #numbers = new Map<string, number>()

  /** How many different symbols were seen: all numbers are less. */
  get size(): number {
    return this.#numbers.size
  }

  numbersOf(symbols: readonly string[]): Int32Array {
    const numbers = new Int32Array(symbols.length)
    for (const [place, symbol] of symbols.entries()) numbers[place] = this.#numberOf(symbol)
    return numbers
  }

  #numberOf(symbol: string): number {
    const known = this.#numbers.get(symbol)
    if (known !== undefined) return known
    this.#numbers.set(symbol, this.#numbers.size)
    return this.#numbers.size - 1
  }
}
