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
    return this.#values[place]!
  }

  /** The numbers so far, without a copy; the next `push` may leave it behind. */
  view(): Uint32Array {
    return this.#values.subarray(0, this.#length)
  }
}
