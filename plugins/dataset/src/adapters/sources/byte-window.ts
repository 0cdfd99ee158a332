import {isUtf8} from 'node:buffer'

/** A record longer than this is not a post: the limit keeps a missing quote from drawing a whole file into memory. */
export const MOST_RECORD_BYTES = 16 * 1024 * 1024

const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const NEWLINE = 0x0a

/**
 * What was read from a stream and is not consumed yet: `bytes[start, end)`. Memory is bounded by the longest stretch that
 * a reader leaves unconsumed. Slices of `bytes` are good until the next `more()`.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  /** Line of the byte at `start`, from 1. */
  line = 1
  #before = 0
  readonly #chunks: AsyncIterator<Uint8Array>

  private constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Takes hold of a stream and steps over a byte order mark at its start. */
  static async open(chunks: AsyncIterable<Uint8Array>): Promise<ByteWindow> {
    const window = new ByteWindow(chunks)
    while (window.length < BOM.length && (await window.more()));
    if (window.unread().subarray(0, BOM.length).equals(BOM)) window.moveTo(window.start + BOM.length, 0)
    return window
  }

  get length(): number {
    return this.end - this.start
  }

  /** Offset in the (unpacked) file of `bytes[index]`. */
  offsetOf(index: number): number {
    return this.#before + index
  }

  unread(): Buffer {
    return this.bytes.subarray(this.start, this.end)
  }

  /** Consumes everything before `index`; `newlines` of them were line ends. */
  moveTo(index: number, newlines: number): void {
    this.start = index
    this.line += newlines
  }

  /** The same when the line ends were not counted on the way. */
  advanceTo(index: number): void {
    this.moveTo(index, countNewlines(this.bytes.subarray(this.start, index)))
  }

  /** Reads on; false at the end of the stream. What is unread moves to the front: `start` becomes 0. */
  async more(): Promise<boolean> {
    for (;;) {
      const {done, value} = await this.#chunks.next()
      if (done === true) return false
      if (value.length > 0) {
        this.#append(value)
        return true
      }
    }
  }

  /** Gives the stream up and frees what is behind it. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  #append(chunk: Uint8Array): void {
    const kept = this.unread()
    const needed = kept.length + chunk.length
    const target = needed > this.bytes.length ? Buffer.allocUnsafeSlow(needed * 2) : this.bytes
    target.set(kept)
    target.set(chunk, kept.length)
    this.#before += this.start
    this.bytes = target
    this.start = 0
    this.end = needed
  }
}

export function countNewlines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1
  return count
}

/**
 * The text of these bytes, or undefined when they are not UTF-8. A BOM is kept. Check and decoding apart are faster than
 * a fatal TextDecoder, which does the same.
 */
export function decodeUtf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}
