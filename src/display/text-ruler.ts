import type {Tone} from '@ep23/sdk'

/** Latin, Greek and Cyrillic, and the signs of our own tables: each one column wide, without asking a library. */
const NARROW =
  /^[\n\x20-\x7E\xA0-\xAC\xAE-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u2190-\u2193\u2212\u2260-\u2265\u2714\u2716]*$/u

/** Measures and breaks texts by the columns that they take in a terminal. */
export interface TextRuler {
  /** Chinese characters and most emoji take two columns, a combining accent none. */
  width: (text: string) => number
  /** Broken between words, inside one only where it alone is too long. */
  wrap: (text: string, width: number) => string[]
  /** The beginning with an ellipsis, where the whole does not fit. */
  clip: (text: string, width: number) => string
}

/** Where lines are laid out. */
export interface Display extends TextRuler {
  /** Columns of the terminal; infinite in a pipe. */
  columns: number
  paint: (text: string, tone: Tone | undefined) => string
}

/**
 * A ruler for these texts. The libraries are loaded only where they are needed: knowing all emoji takes longer than most commands.
 * @param isLimited whether anything may have to be broken
 */
export async function rulerFor(texts: readonly string[], isLimited: boolean): Promise<TextRuler> {
  const width = texts.every(text => NARROW.test(text))
    ? (text: string) => text.length
    : (await import('string-width')).default
  const wrapAnsi = isLimited ? (await import('wrap-ansi')).default : (text: string) => text
  const wrap: TextRuler['wrap'] = (text, columns) =>
    width(text) <= columns ? text.split('\n') : wrapAnsi(text, Math.max(1, columns), {hard: true}).split('\n')
  return {width, wrap, clip: (text, columns) => clipped(text, columns, {width, wrap})}
}

function clipped(text: string, columns: number, {width, wrap}: Pick<TextRuler, 'width' | 'wrap'>): string {
  if (width(text) <= columns) return text
  // Without spaces it is broken at the last column and not before the word.
  const [first = ''] = wrap(text.replaceAll(' ', '\u00A0'), columns - 1)
  return `${first.replaceAll('\u00A0', ' ').trimEnd()}…`
}
