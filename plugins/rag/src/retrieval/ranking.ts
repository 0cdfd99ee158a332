export interface ScoredDocument {
  readonly id: string
  readonly score: number
}

/** Best first, as `trec_eval` reads a run: score descending, equal scores by id descending by UTF-8 bytes. */
export function compareTrec(a: ScoredDocument, b: ScoredDocument): number {
  return b.score - a.score || compareBytes(b.id, a.id)
}

/** A copy in the order of `compareTrec`. Ranks written beside the scores are ignored on purpose, as in trec_eval. */
export function inTrecOrder(documents: readonly ScoredDocument[]): ScoredDocument[] {
  return documents.toSorted(compareTrec)
}

/**
 * Compares two strings as their UTF-8 bytes compare, without encoding them: the order of `strcmp`, of `LC_ALL=C sort` and of
 * trec_eval. It differs from `<` only where a character outside the basic plane meets U+E000 … U+FFFF, and from
 * `localeCompare` nearly everywhere. For well-formed strings.
 * @returns a negative number, 0 or a positive number.
 */
export function compareBytes(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left !== right) return codePointRank(left) - codePointRank(right)
  }
  return a.length - b.length
}

const FIRST_SURROGATE = 0xd800
const AFTER_SURROGATES = 0xe000

/** UTF-16 puts surrogates below U+E000 … U+FFFF, UTF-8 puts the characters they stand for above. */
function codePointRank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800
}

/**
 * Keeps the k best of many numbered documents in a binary heap whose root is the worst one kept: O(n log k), memory O(k).
 * Of equal scores the higher number is better; number documents by ascending id to get the order of `compareTrec`.
 */
export class TopK {
  readonly #limit: number
  readonly #documents: Uint32Array
  readonly #scores: Float64Array
  #size = 0

  /** @param limit at most this many are kept; more than there are documents costs only memory. */
  constructor(limit: number) {
    this.#limit = limit
    this.#documents = new Uint32Array(limit)
    this.#scores = new Float64Array(limit)
  }

  offer(document: number, score: number): void {
    if (this.#size < this.#limit) {
      this.#siftUp(this.#size++, document, score)
    } else if (this.#limit > 0 && this.#isWorse(0, document, score)) {
      this.#siftDown(0, document, score)
    }
  }

  /** What was kept under its ids, best first; the heap is empty afterwards. @param ids of the documents by number. */
  drain(ids: readonly string[]): ScoredDocument[] {
    const worstFirst: ScoredDocument[] = []
    while (this.#size > 0) {
      const id = ids[this.#documents[0] ?? 0]
      if (id !== undefined) worstFirst.push({id, score: this.#scores[0] ?? 0})
      this.#size--
      this.#siftDown(0, this.#documents[this.#size] ?? 0, this.#scores[this.#size] ?? 0)
    }
    return worstFirst.toReversed()
  }

  /** Whether the one kept at `place` is worse than the candidate. */
  #isWorse(place: number, document: number, score: number): boolean {
    const kept = this.#scores[place] ?? 0
    return kept < score || (kept === score && (this.#documents[place] ?? 0) < document)
  }

  #put(place: number, document: number, score: number): void {
    this.#documents[place] = document
    this.#scores[place] = score
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#documents[from] ?? 0, this.#scores[from] ?? 0)
  }

  #siftUp(start: number, document: number, score: number): void {
    let place = start
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (this.#isWorse(parent, document, score)) break
      this.#move(parent, place)
      place = parent
    }
    this.#put(place, document, score)
  }

  #siftDown(start: number, document: number, score: number): void {
    let place = start
    for (let child = 2 * place + 1; child < this.#size; child = 2 * place + 1) {
      const right = child + 1
      if (right < this.#size && this.#isWorse(right, this.#documents[child] ?? 0, this.#scores[child] ?? 0))
        child = right
      if (!this.#isWorse(child, document, score)) break
      this.#move(child, place)
      place = child
    }
    this.#put(place, document, score)
  }
}
