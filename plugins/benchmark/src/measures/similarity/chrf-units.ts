/** White space as Python's `str.split` has it; JavaScript's `\s` lacks U+001C–U+001F and U+0085 and has U+FEFF besides. */
// oxlint-disable-next-line no-control-regex -- the four separators U+001C–U+001F are white space to the reference
const SPACE = /[\t-\r\u001C-\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/u

const PUNCTUATION = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')

/** The characters chrF counts: code points, never UTF-16 halves, without white space. */
export function codePointsWithoutSpace(text: string): string[] {
  return Array.from(text.split(SPACE).join(''))
}

/**
 * The words chrF++ counts: parts between white space with one ASCII punctuation mark split off, the last if there is one,
 * else the first. `(да)` becomes `(да` and `)`, as in Popović's chrF++.py and sacreBLEU.
 */
export function chrfWords(text: string): string[] {
  return text
    .split(SPACE)
    .filter(word => word !== '')
    .flatMap(splitPunctuation)
}

function splitPunctuation(word: string): string[] {
  if (word.length === 1) return [word]
  if (PUNCTUATION.has(word.at(-1)!)) return [word.slice(0, -1), word.slice(-1)]
  if (PUNCTUATION.has(word[0]!)) return [word.slice(0, 1), word.slice(1)]
  return [word]
}
