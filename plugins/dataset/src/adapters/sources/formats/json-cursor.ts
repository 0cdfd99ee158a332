import {type ByteWindow, decodeUtf8} from '../byte-window.js'
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  isWhitespace,
  JsonScanner,
  endOfString,
  endsTooEarly,
  jsonProblem,
  assertNotTooLong,
  tooDeep,
} from './json-scanner.js'
import {lenientJson} from './record-recovery.js'
import {errorMessage} from '@ep23/sdk'
import {message} from '../../../words/words.js'

/** What `peek` gives at the end of the file. */
export const END_OF_FILE = -1

/**
 * Walks through a JSON document of any size. Whoever holds it goes into the objects and arrays wanted, and reads or skips
 * each value in turn. A skipped value is not checked beyond its strings and brackets.
 * Every method throws a FileProblem with the byte and the line where the document breaks the grammar of RFC 8259.
 */
export class JsonCursor {
  constructor(readonly window: ByteWindow) {}

  /** The next byte that is not whitespace; it stays. */
  async peek(): Promise<number> {
    const {window} = this
    for (;;) {
      let at = window.start
      while (at < window.end && isWhitespace(window.bytes[at])) at++
      window.advanceTo(at)
      if (at < window.end) return window.bytes[at] as number
      if (!(await window.more())) return END_OF_FILE
    }
  }

  /** Steps over `byte`, which must come next. */
  async take(byte: number): Promise<void> {
    if (await this.takeIf(byte)) return
    if (this.window.length === 0) throw endsTooEarly(this.window)
    throw jsonProblem(this.window, message('isMissing', {what: String.fromCharCode(byte)}))
  }

  /** Steps over `byte` when it comes next. */
  async takeIf(byte: number): Promise<boolean> {
    if ((await this.peek()) !== byte) return false
    this.window.moveTo(this.window.start + 1, 0)
    return true
  }

  /** The keys of the object that begins here; the value must be consumed before the next key is taken. */
  async *keys(): AsyncGenerator<string> {
    await this.take(OPEN_OBJECT)
    if (await this.takeIf(CLOSE_OBJECT)) return
    do {
      yield await this.#key()
    } while (await this.#anotherBefore(CLOSE_OBJECT))
  }

  /** This cursor at each element of the array that begins here; the element must be consumed before the next is taken. */
  async *items(): AsyncGenerator<JsonCursor> {
    await this.take(OPEN_ARRAY)
    if (await this.takeIf(CLOSE_ARRAY)) return
    do {
      yield this
    } while (await this.#anotherBefore(CLOSE_ARRAY))
  }

  /** Reads a value of moderate size within an object or array. */
  async value(): Promise<unknown> {
    return await this.#value(new JsonScanner(true))
  }

  /** Reads an object or array of moderate size that stands alone: whatever may follow it is left. */
  async document(): Promise<unknown> {
    return await this.#value(new JsonScanner(true, true))
  }

  async #value(scanner: JsonScanner): Promise<unknown> {
    await this.peek()
    let scanned = 0
    do {
      const stop = scanWindow(this.window, scanner, scanned)
      if (scanner.stop !== 'bytes') return this.#parsed(scanner.stop === 'end' ? stop + 1 : stop)
      scanned = this.window.length
      assertNotTooLong(this.window)
    } while (await this.window.more())
    throw endsTooEarly(this.window)
  }

  /** Steps over a value of any size. */
  async skip(): Promise<void> {
    await this.peek()
    const scanner = new JsonScanner(true)
    do {
      const stop = scanWindow(this.window, scanner, 0)
      this.window.advanceTo(stop)
      if (scanner.stop !== 'bytes') return
    } while (await this.window.more())
    throw endsTooEarly(this.window)
  }

  /** Makes sure that nothing but whitespace is left. */
  async end(): Promise<void> {
    if ((await this.peek()) !== END_OF_FILE) throw jsonProblem(this.window, message('afterJson'))
  }

  #parsed(stop: number): unknown {
    const text = decodeUtf8(this.window.bytes.subarray(this.window.start, stop))
    if (text === undefined) throw jsonProblem(this.window, message('notUtf8Value'))
    try {
      const value = lenientJson(text)
      this.window.advanceTo(stop)
      return value
    } catch (error) {
      throw jsonProblem(this.window, message('invalidJson', {problem: errorMessage(error)}))
    }
  }

  async #key(): Promise<string> {
    if ((await this.peek()) !== QUOTE) throw jsonProblem(this.window, message('noKeyInQuotes'))
    let after = this.#endOfKey()
    while (after < 0) {
      assertNotTooLong(this.window)
      if (!(await this.window.more())) throw endsTooEarly(this.window)
      after = this.#endOfKey()
    }
    const key = this.#parsed(after) as string
    await this.take(COLON)
    return key
  }

  #endOfKey(): number {
    const {window} = this
    return endOfString(window.bytes.subarray(0, window.end), window.start + 1)
  }

  async #anotherBefore(close: number): Promise<boolean> {
    if (await this.takeIf(COMMA)) return true
    await this.take(close)
    return false
  }
}

/** Scans what is unread in the window, except its first `scanned` bytes; returns the index where the scan stopped. */
function scanWindow(window: ByteWindow, scanner: JsonScanner, scanned: number): number {
  const stop = scanner.scan(window.bytes.subarray(0, window.end), window.start + scanned)
  if (scanner.stop === 'depth') throw tooDeep(window)
  return stop
}
