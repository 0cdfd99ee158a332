import {readFileSync, statSync} from 'node:fs'

const LOOK_EVERY_MS = 500

/**
 * Calls back with the text of a small file whenever it was written to. Asks for its time of change twice a second, which works on
 * every file system and costs nothing beside a run; a file that is there from the beginning counts as written to, an empty one
 * is still being written. @returns what ends it
 */
export function watchFileText(path: string, onText: (text: string) => void): () => void {
  let known: bigint | undefined
  const look = (): void => {
    const now = statSync(path, {bigint: true, throwIfNoEntry: false})?.mtimeNs
    if (now === known) return
    known = now
    const text = now === undefined ? '' : textOf(path)
    if (text.trim() !== '') onText(text)
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Removed again before it was read: nothing is asked for.
    return ''
  }
}
