const LEAF = 0x00
const LINE_FEED = 0x0a

/** Views of one encoded line; they hold until the next line is encoded. */
export interface EncodedLine {
  text: Uint8Array
  /** With the prefix of a leaf of the Merkle tree (RFC 6962). */
  leaf: Uint8Array
  /** With its line feed. */
  withFeed: Uint8Array
}

/** Encodes each line once, for its own hash, for its leaf and for its file. */
export class LineEncoder {
  readonly #encoder = new TextEncoder()
  #bytes = new Uint8Array(64 * 1024)

  encode(line: string): EncodedLine {
    // A UTF-16 unit becomes at most three bytes.
    const most = line.length * 3 + 2
    if (this.#bytes.length < most) this.#bytes = new Uint8Array(most * 2)
    const {written} = this.#encoder.encodeInto(line, this.#bytes.subarray(1))
    this.#bytes[0] = LEAF
    this.#bytes[written + 1] = LINE_FEED
    return {
      text: this.#bytes.subarray(1, written + 1),
      leaf: this.#bytes.subarray(0, written + 1),
      withFeed: this.#bytes.subarray(1, written + 2),
    }
  }
}
