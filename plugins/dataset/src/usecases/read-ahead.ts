/** A stream that has begun before anybody reads it; what goes wrong meanwhile is told to the reader. */
export interface Ahead<T> {
  stream(): AsyncGenerator<T>
  /** For one that is not wanted in the end; does not wait for what was asked for. */
  close(): void
}

/** Asks for the first piece at once: a server is then at work while something else is waited for. */
export function readAhead<T>(source: AsyncIterable<T>): Ahead<T> {
  const pieces = source[Symbol.asyncIterator]()
  const first = pieces.next()
  first.catch(() => undefined)
  return {
    close: () => void pieces.return?.().catch(() => undefined),
    async *stream() {
      try {
        for (let piece = await first; !piece.done; piece = await pieces.next()) yield piece.value
      } finally {
        await pieces.return?.()
      }
    },
  }
}
