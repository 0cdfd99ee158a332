const BLANK_LINE = /\n\s*\n/u

/** Longest passage in terms; a book's chapter without blank lines is cut into such pieces. */
const MOST_TERMS = 120

/**
 * The source's passages as lists of terms: its paragraphs (exports put a blank line between posts), long ones cut into equal
 * pieces.
 */
export function passagesOf(text: string, termsOf: (text: string) => string[]): string[][] {
  return text
    .split(BLANK_LINE)
    .map(termsOf)
    .filter(terms => terms.length > 0)
    .flatMap(cutEvenly)
}

function cutEvenly(terms: string[]): string[][] {
  const pieces = Math.ceil(terms.length / MOST_TERMS)
  const size = Math.ceil(terms.length / pieces)
  return Array.from({length: pieces}, (_, piece) => terms.slice(piece * size, (piece + 1) * size))
}
