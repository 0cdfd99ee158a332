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
