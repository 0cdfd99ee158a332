/** Writes unsigned whole numbers below 2³² in groups of 7 bits, low ones first: small numbers take one byte (LEB128). */
export class VarintWriter {
  #bytes = Buffer.allocUnsafe(65_536)
  #length = 0

  write(value: number): void {
    if (this.#length + 5 > this.#bytes.length) this.#grow()
    let rest = value
    for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80
    this.#bytes[this.#length++] = rest
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2)
    this.#bytes.copy(larger)
    this.#bytes = larger
  }
}

/** Reads what `VarintWriter` wrote. */
export class VarintReader {
  readonly #bytes: Uint8Array
  #place = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** @throws RangeError at the end of the bytes. */
  read(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#place++]
      if (byte === undefined) throw new RangeError('the numbers end in the middle of one')
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
  }
}
