const FEWEST_SLOTS = 64
/** Parent, symbol and count of a node lie beside each other, so that one look-up touches one cache line; the fourth is unused. */
const FIELDS = 4
const [PARENT, SYMBOL, COUNT] = [0, 1, 2]

/**
 * Counts of the n-grams of one sequence as a trie of integers: a node is an n-gram, its parent the n-gram without the last symbol.
 * Nodes lie in one open-addressed hash table keyed by (parent, symbol), so that no n-gram is ever built as a string or object.
 * A node is the number of its slot.
 */
export class NgramTrie {
  readonly #table: Int32Array
  readonly #mask: number
  /** The empty n-gram, of which every 1-gram is a child; no slot has its number. */
  readonly root: number

  /** @param most most nodes it is to hold; the table never grows */
  constructor(most: number) {
    const slots = Math.max(FEWEST_SLOTS, 2 ** Math.ceil(Math.log2(2 * most)))
    this.#table = new Int32Array(slots * FIELDS)
    this.#mask = slots - 1
    this.root = slots
  }

  /** Counts the n-gram `parent` + `symbol` once more and gives its node. */
  add(parent: number, symbol: number): number {
    const slot = this.#slotOf(parent, symbol)
    const at = slot * FIELDS
    this.#table[at + PARENT] = parent + 1
    this.#table[at + SYMBOL] = symbol
    this.#table[at + COUNT] = (this.#table[at + COUNT] ?? 0) + 1
    return slot
  }

  /** The node of `parent` + `symbol`, or −1 where no such n-gram was added. */
  find(parent: number, symbol: number): number {
    const slot = this.#slotOf(parent, symbol)
    return this.#table[slot * FIELDS + PARENT] === 0 ? -1 : slot
  }

  /** Takes one of the node's count away: false when none is left. */
  take(node: number): boolean {
    const at = node * FIELDS + COUNT
    const left = this.#table[at] ?? 0
    if (left === 0) return false
    this.#table[at] = left - 1
    return true
  }

  /** The slot that holds this n-gram, or the empty one where it belongs. Parents are stored plus one: an empty slot is all zero. */
  #slotOf(parent: number, symbol: number): number {
    const table = this.#table
    let slot = hash(parent, symbol) & this.#mask
    for (;;) {
      const at = slot * FIELDS
      const owner = table[at + PARENT]
      if (owner === 0 || (owner === parent + 1 && table[at + SYMBOL] === symbol)) return slot
      slot = (slot + 1) & this.#mask
    }
  }
}

function hash(parent: number, symbol: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
