import {readFileSync, unwatchFile, watchFile} from 'node:fs'

const LOOK_EVERY_MS = 500

/**
 * Calls back with the text of a small file whenever it was written to, from now on. Asks for its time of change twice a second,
 * which works on every file system and costs nothing beside a run. @returns what ends it
 */
export function watchFileText(path: string, onText: (text: string) => void): () => void {
  const look = ({mtimeMs: now}: {mtimeMs: number}, {mtimeMs: before}: {mtimeMs: number}): void => {
    const text = now === before ? undefined : textOf(path)
    if (text !== undefined) onText(text)
  }
  watchFile(path, {interval: LOOK_EVERY_MS, persistent: false}, look)
  return () => unwatchFile(path, look)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Removed again before it was read: nothing is asked for.
    return undefined
  }
}
