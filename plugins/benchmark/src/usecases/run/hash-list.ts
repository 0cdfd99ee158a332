const HASH_BYTES = 32

/** SHA-256 hashes in the order they were added, 32 bytes each. */
export class HashList {
  #bytes = Buffer.alloc(HASH_BYTES * 256)
  #size = 0

  add(hash: Uint8Array): void {
    const end = (this.#size + 1) * HASH_BYTES
    if (this.#bytes.length < end) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    this.#bytes.set(hash, end - HASH_BYTES)
    this.#size += 1
  }

  /** Lower-case hex. */
  at(place: number): string {
    return this.#bytes.toString('hex', place * HASH_BYTES, (place + 1) * HASH_BYTES)
  }
}
