import {type Ep23Error, badDataError, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

/** One line of an input file. Readers take any iterable of them, so that a large file need not be one string. */
export interface FileLine {
  /** Name of the file, for messages. */
  file: string
  /** From 1. */
  number: number
  text: string
}

/** The lines of a text: split at `\n` only (U+2028 and U+0085 are data), without `\r`, byte order mark and blank lines. */
export function* fileLines(file: string, text: string): Generator<FileLine> {
  let start = text.startsWith('\uFEFF') ? 1 : 0
  for (let number = 1; start < text.length; number++) {
    const lineBreak = text.indexOf('\n', start)
    const end = lineBreak < 0 ? text.length : lineBreak
    const line = text.slice(start, end).replace(/\r$/, '')
    if (line.trim() !== '') yield {file, number, text: line}
    start = end + 1
  }
}

/** Bad data (65) at a line: `file:12: reason`. */
export function lineError(
  code: string,
  {file, number}: FileLine,
  reason: Message,
  suggestions: readonly Message[] = [],
): Ep23Error {
  return badDataError(code, message('atLine', {file, line: number, reason}), suggestions)
}
