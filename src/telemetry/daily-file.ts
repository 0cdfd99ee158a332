import {closeSync, mkdirSync, openSync, writeSync} from 'node:fs'
import {join} from 'node:path'

/** Appends lines to one file a day. */
export interface DailyFile {
  /** False when the line could not be written. */
  append(line: string, at: Date): boolean
  close(): void
}

interface DailyFileOptions {
  directory: string
  /** Files are named `<name>-YYYY-MM-DD.log`, by the day in UTC, as the lines' times are. */
  name: string
  onFailure: (error: unknown) => void
}

/**
 * Lines are written synchronously, one write each, to a descriptor opened for appending: nothing is lost when the
 * process ends, whatever way, and lines of several processes do not mix. Files by day need no rotation, in which
 * short-lived processes would race. Only the owner may read them.
 */
export function createDailyFile({directory, name, onFailure}: DailyFileOptions): DailyFile {
  let opened: {day: string; descriptor: number} | undefined
  // After half a line (the disk was full), the next one starts on a line of its own.
  let lead = ''

  const close = (): void => {
    if (opened) closeSync(opened.descriptor)
    opened = undefined
  }

  function descriptorFor(day: string): number {
    if (opened?.day === day) return opened.descriptor
    close()
    mkdirSync(directory, {recursive: true, mode: 0o700})
    const descriptor = openSync(join(directory, `${name}-${day}.log`), 'a', 0o600)
    opened = {day, descriptor}
    lead = ''
    return descriptor
  }

  return {
    close,
    append(line, at) {
      try {
        const descriptor = descriptorFor(at.toISOString().slice(0, 10))
        const bytes = Buffer.from(`${lead}${line}\n`)
        const written = writeSync(descriptor, bytes)
        lead = written < bytes.length ? '\n' : ''
        if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes could be written`)
        return true
      } catch (error) {
        onFailure(error)
        return false
      }
    },
  }
}
