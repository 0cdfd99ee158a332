import {emitKeypressEvents, type Key} from 'node:readline'
import {PassThrough} from 'node:stream'

export interface FullScreenOptions {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
  signal: AbortSignal
}

export interface FullScreen {
  /** A key by its name (`left`) or the character it types; undefined when the size has changed. Ends with the input. */
  keys: AsyncIterable<string | undefined>
  size(): {columns: number; rows: number}
  draw(lines: readonly string[]): void
  /** Gives the terminal back as it was. */
  close(): void
}

const OPEN = '\u001B[?1049h\u001B[?25l'
const CLOSE = '\u001B[?25h\u001B[?1049l'
const HOME = '\u001B[H'
const CLEAR_LINE = '\u001B[K'
const CLEAR_BELOW = '\u001B[J'
const NAMED = new Set(['left', 'right', 'up', 'down'])

/** Takes the whole terminal: its second screen, keys one by one. */
export function openFullScreen({input, output, signal}: FullScreenOptions): FullScreen {
  const events = new PassThrough({objectMode: true})
  const onKey = (text: string | undefined, {name}: Key) =>
    void events.write({key: name !== undefined && NAMED.has(name) ? name : (text ?? name ?? '')})
  const onResize = () => void events.write({})
  const onEnd = () => void events.end()
  const onAbort = () => void events.destroy(signal.reason as Error)
  emitKeypressEvents(input)
  input.setRawMode(true)
  input.on('keypress', onKey).on('end', onEnd).on('close', onEnd)
  output.on('resize', onResize)
  signal.addEventListener('abort', onAbort)
  input.resume()
  output.write(OPEN)
  return {
    keys: keysOf(events),
    // A terminal may say 0 before it knows better.
    size: () => ({columns: output.columns || 80, rows: output.rows || 24}),
    draw(lines) {
      output.write(`${HOME}${lines.map(line => `${line}${CLEAR_LINE}`).join('\r\n')}${CLEAR_BELOW}`)
    },
    close() {
      input.off('keypress', onKey).off('end', onEnd).off('close', onEnd)
      output.off('resize', onResize)
      signal.removeEventListener('abort', onAbort)
      input.setRawMode(false)
      input.pause()
      output.write(CLOSE)
    },
  }
}

async function* keysOf(events: PassThrough): AsyncGenerator<string | undefined> {
  for await (const {key} of events as AsyncIterable<{key?: string}>) yield key
}
