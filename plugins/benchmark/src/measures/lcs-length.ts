/**
 * Finds the longest common subsequence of one sequence with others, 32 cells of the textbook's table at a time (bit-vector
 * algorithm of Crochemore et al. 2001 in the form of Hyyrö 2004: `V = (V + (V & M)) | (V & ~M)`; each zero bit of V is one
 * matched symbol of the sequence). Symbols are numbers of one `Numbering`.
 */
export class LcsPattern {
  readonly #words: number
  /** For each symbol the set of its places as bits, `#words` numbers each. */
  readonly #masks: Uint32Array

  /** @param alphabet every symbol of the sequence is less than this; greater ones in the others match nothing */
  constructor(sequence: Int32Array, alphabet: number) {
    this.#words = Math.ceil(sequence.length / 32)
    this.#masks = new Uint32Array(alphabet * this.#words)
    for (let place = 0; place < sequence.length; place++) {
      const word = (sequence[place] ?? 0) * this.#words + (place >>> 5)
      this.#masks[word] = (this.#masks[word] ?? 0) | (1 << (place & 31))
    }
  }

  /** Length of the longest common subsequence with `other`. */
  lengthWith(other: Int32Array): number {
    const row = new Uint32Array(this.#words).fill(0xffffffff)
    for (let place = 0; place < other.length; place++) {
      const mask = (other[place] ?? 0) * this.#words
      if (mask < this.#masks.length) this.#advance(row, mask)
    }
    return countZeroBits(row)
  }

  #advance(row: Uint32Array, mask: number): void {
    let carry = 0
    for (let word = 0; word < row.length; word++) {
      const before = row[word] ?? 0
      const hits = (before & (this.#masks[mask + word] ?? 0)) >>> 0
      const sum = before + hits + carry
      carry = sum > 0xffffffff ? 1 : 0
      row[word] = sum | (before & ~hits)
    }
  }
}

function countZeroBits(row: Uint32Array): number {
  let zeros = 0
  for (const word of row) for (let rest = ~word; rest !== 0; rest &= rest - 1) zeros++
  return zeros
}
