import type {Sha256} from './hashes.js'

/** Of 256 bits: two of 10^9 names agree in these once in 10^20 datasets. */
const WORDS = 4

/**
 * Places of names in the order in which they first came, in 24 to 48 bytes a name: a run has a name for each of its samples, and a Set of
 * strings takes 80. Names are told apart by their SHA-256.
 */
export class HashPlaces {
  /** By place. */
  #hashes = new Uint32Array(1024 * WORDS)
  /** An open table, twice as long: a place, from 1, or 0 for none. */
  #slots = new Uint32Array(2048)
  #size = 0
  readonly #words = new Uint32Array(WORDS)
  readonly #bytes = new Uint8Array(this.#words.buffer)

  constructor(private readonly sha256: Sha256) {}

  get size(): number {
    return this.#size
  }

  /** Keeps a name. @returns the place that it had before, from 0; undefined for a new one */
  add(name: string): number | undefined {
    const slot = this.#slotOf(name)
    const place = this.#slots[slot] ?? 0
    if (place > 0) return place - 1
    this.#hashes.set(this.#words, this.#size * WORDS)
    this.#size += 1
    this.#slots[slot] = this.#size
    if (this.#size * WORDS === this.#hashes.length) this.#grow()
    return undefined
  }

  get(name: string): number | undefined {
    const place = this.#slots[this.#slotOf(name)] ?? 0
    return place > 0 ? place - 1 : undefined
  }

  /** Where a name stands, or would; its hash is then in `#words`. */
  #slotOf(name: string): number {
    this.#bytes.set(this.sha256(name).subarray(0, this.#bytes.length))
    return this.#freeOr(place => this.#words.every((word, i) => word === this.#hashes[place * WORDS + i]))
  }

  /** The first slot from the hash in `#words` on that is free or holds a place that is wanted. */
  #freeOr(isWanted: (place: number) => boolean): number {
    const mask = this.#slots.length - 1
    let slot = (this.#words[0] ?? 0) & mask
    for (let place = this.#slots[slot] ?? 0; place > 0 && !isWanted(place - 1); place = this.#slots[slot] ?? 0)
      slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2)
    hashes.set(this.#hashes)
    this.#hashes = hashes
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let place = 0; place < this.#size; place++) {
      this.#words.set(hashes.subarray(place * WORDS, (place + 1) * WORDS))
      this.#slots[this.#freeOr(() => false)] = place + 1
    }
  }
}
