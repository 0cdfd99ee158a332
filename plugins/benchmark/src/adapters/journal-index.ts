import {createReadStream} from 'node:fs'

export interface JournalPlace {
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

export interface ScannedJournal {
  places: JournalPlaces
  /** After the last whole line. */
  end: number
}

/** Finds the lines of a journal; the text after the last line feed is what a death left unfinished. */
export async function scanJournal(path: string): Promise<ScannedJournal> {
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
