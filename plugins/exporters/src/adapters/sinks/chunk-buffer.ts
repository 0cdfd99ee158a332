/** Gathers small pieces into chunks of a size, copied, in one buffer that is used again. */
export class ChunkBuffer {
  readonly #buffer: Buffer
  #used = 0

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size)
  }

  get bytes(): number {
    return this.#used
  }

  /** False when the piece has no room: take the chunk first; a piece that never has room goes by itself. */
  add(piece: Uint8Array): boolean {
    if (this.#used + piece.byteLength > this.#buffer.byteLength) return false
    this.#buffer.set(piece, this.#used)
    this.#used += piece.byteLength
    return true
  }

  /** What was gathered, to be used before the next `add`. */
  take(): Buffer {
    const chunk = this.#buffer.subarray(0, this.#used)
    this.#used = 0
    return chunk
  }
}
