import {closeSync, existsSync, fdatasync, openSync, readSync, truncateSync, createReadStream} from 'node:fs'
import {promisify} from 'node:util'

import {explainWriteError} from '@ep23/sdk'

import type {Journal, Placed} from '../domain/run-folder.js'
import {appendWhole} from './append-whole.js'

const syncData = promisify(fdatasync)

const WINDOW_BYTES = 1024 * 1024

/**
 * The journal as a file of lines. Writing is synchronous, because what a process has written survives its death; syncing is
 * asynchronous and shared by all entries written since the last one, because it is what costs time.
 */
export class FileJournal<E extends Placed> implements Journal<E> {
  readonly #places: JournalPlaces
  readonly #file: number
  #end: number
  #syncing: Promise<void> | undefined
  #next: Promise<void> | undefined

  private constructor(
    private readonly path: string,
    {places, end}: ScannedJournal,
  ) {
    this.#places = places
    this.#end = end
    this.#file = openSync(path, 'a+')
  }

  /** Opens or begins a journal; a last line that a death cut short is removed. */
  static async open<E extends Placed>(path: string): Promise<FileJournal<E>> {
    if (!existsSync(path)) return new FileJournal<E>(path, {places: new JournalPlaces(), end: 0})
    const scanned = await scanJournal(path)
    truncateSync(path, scanned.end)
    return new FileJournal<E>(path, scanned)
  }

  get size(): number {
    return this.#places.size
  }

  has(place: number): boolean {
    return this.#places.get(place)?.retry === false
  }

  entry(place: number): E | undefined {
    const found = this.#places.get(place)
    if (!found) return undefined
    const line = Buffer.allocUnsafe(found.bytes)
    this.#read(line, found.offset)
    return JSON.parse(line.toString('utf8')) as E
  }

  append(entry: E): Promise<void> {
    const data = Buffer.from(`${JSON.stringify(entry)}\n`)
    const offset = this.#end
    try {
      this.#end = appendWhole(this.#file, data, offset)
    } catch (error) {
      return Promise.reject(explainWriteError(this.path, error))
    }
    this.#places.set(entry.place, {offset, bytes: data.length - 1, retry: entry.retry})
    return this.#synced()
  }

  async *ordered(): AsyncGenerator<E> {
    await this.#synced()
    let window: Buffer = Buffer.allocUnsafe(WINDOW_BYTES)
    let [start, end] = [0, 0]
    for (const {offset, bytes} of this.#places) {
      if (offset < start || offset + bytes > end) {
        // Judgements side by side end a little out of order: what comes next may also stand a little before.
        start = Math.max(0, offset - WINDOW_BYTES / 4)
        if (offset + bytes - start > window.length) window = Buffer.allocUnsafe(offset + bytes - start)
        end = start + this.#read(window, start)
      }
      yield JSON.parse(window.toString('utf8', offset - start, offset - start + bytes)) as E
    }
  }

  async close(): Promise<void> {
    await this.#synced()
    closeSync(this.#file)
  }

  /** Resolves when everything written so far is on the disk: one running sync and one after it serve all callers. */
  #synced(): Promise<void> {
    this.#next ??= this.#syncAfter(this.#syncing)
    return this.#next
  }

  async #syncAfter(running: Promise<void> | undefined): Promise<void> {
    await running
    this.#syncing = syncData(this.#file)
    this.#next = undefined
    await this.#syncing
  }

  /** As much as there is and fits. @returns how many bytes that is */
  #read(buffer: Buffer, offset: number): number {
    return readSync(this.#file, buffer, 0, Math.min(buffer.length, this.#end - offset), offset)
  }
}

interface JournalPlace {
  offset: number
  bytes: number
  /** To be asked for again. */
  retry: boolean
}

/** Set in `#bytes` beside a line's length: to be asked for again. */
const RETRY = 0x80000000

/** Where each place's line stands in a journal, in 12 bytes a place: a run may have millions of them. */
export class JournalPlaces {
  #offsets = new Float64Array(1024)
  /** Length of the line, 0 where there is none. */
  #bytes = new Uint32Array(1024)
  #end = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Of two lines of a place the later one counts. */
  set(place: number, {offset, bytes, retry}: JournalPlace): void {
    if (place >= this.#bytes.length) this.#grow(place + 1)
    if (this.#bytes[place] === 0) this.#size += 1
    this.#offsets[place] = offset
    this.#bytes[place] = (bytes | (retry ? RETRY : 0)) >>> 0
    this.#end = Math.max(this.#end, place + 1)
  }

  get(place: number): JournalPlace | undefined {
    const bytes = this.#bytes[place] ?? 0
    if (bytes === 0) return undefined
    return {offset: this.#offsets[place] ?? 0, bytes: bytes & ~RETRY, retry: bytes >= RETRY}
  }

  /** Ascending. */
  *[Symbol.iterator](): Generator<JournalPlace> {
    for (let place = 0; place < this.#end; place++) {
      const found = this.get(place)
      if (found) yield found
    }
  }

  #grow(least: number): void {
    const length = Math.max(least, this.#bytes.length * 2)
    const [offsets, bytes] = [new Float64Array(length), new Uint32Array(length)]
    offsets.set(this.#offsets)
    bytes.set(this.#bytes)
    ;[this.#offsets, this.#bytes] = [offsets, bytes]
  }
}

const LINE_FEED = 10

interface ScannedJournal {
  places: JournalPlaces
  /** After the last whole line. */
  end: number
}

/** Finds the lines of a journal; the text after the last line feed is what a death left unfinished. */
async function scanJournal(path: string): Promise<ScannedJournal> {
  const places = new JournalPlaces()
  let end = 0
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let start = 0
    for (let at = rest.indexOf(LINE_FEED); at >= 0; at = rest.indexOf(LINE_FEED, start)) {
      const head = headOf(rest.subarray(start, at))
      if (head) places.set(head.place, {offset: end, bytes: at - start, retry: head.retry})
      end += at - start + 1
      start = at + 1
    }
    rest = rest.subarray(start)
  }
  return {places, end}
}

// `{"place":12,"retry":false,` begins every line, so that the whole need not be parsed; what begins otherwise is no entry.
function headOf(line: Buffer): {place: number; retry: boolean} | undefined {
  const head = /^\{"place":(\d{1,9}),"retry":(true|false),/u.exec(line.toString('latin1', 0, 60))
  return head ? {place: Number(head[1]), retry: head[2] === 'true'} : undefined
}
