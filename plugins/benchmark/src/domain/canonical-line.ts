import canonicalize from 'canonicalize'

// Line ends to Unicode but not to JSON: readers such as Python's str.splitlines() break records at them.
const LINE_SEPARATORS = /[\u0085\u2028\u2029]/gu

/**
 * A record as a line of an export has it: RFC 8785 JSON, with U+0085, U+2028 and U+2029 escaped, without the line feed. Equal
 * records have equal lines, so a dataset's root is the one in its export's manifest.
 */
export function canonicalLine(record: unknown): string {
  const text = canonicalize(record) ?? 'null'
  return text.replace(LINE_SEPARATORS, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
