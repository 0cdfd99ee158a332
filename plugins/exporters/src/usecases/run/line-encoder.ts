const INITIAL_BYTES = 64 * 1024
const MOST_BYTES_PER_UNIT = 3
const LINE_FEED = 0x0a

/** Texts as UTF-8 lines in one buffer that is used again for each: exports make no garbage for their bytes. */
export class LineEncoder {
  #buffer = Buffer.alloc(INITIAL_BYTES)

  /** The text and a line feed; to be used or copied before the next call. */
  encode(text: string): Buffer {
    const most = text.length * MOST_BYTES_PER_UNIT + 1
    if (most > this.#buffer.byteLength) this.#buffer = Buffer.alloc(most * 2)
    const end = this.#buffer.write(text, 'utf8')
    this.#buffer[end] = LINE_FEED
    return this.#buffer.subarray(0, end + 1)
  }
}
