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
    return {offset: this.#offsets[place]!, bytes: bytes & ~RETRY, retry: bytes >= RETRY}
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
