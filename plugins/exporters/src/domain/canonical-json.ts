import {badDataError} from '@ep23/sdk'
import canonicalize from 'canonicalize'
import {message} from '../words/words.js'

// Line ends to Unicode but not to JSON: readers such as Python's str.splitlines() break records at them.
const LINE_SEPARATORS = ['\u0085', '\u2028', '\u2029']

/**
 * JSON in the one form of RFC 8785 (JCS): fields sorted by UTF-16 code units, no blanks, numbers as ECMAScript writes them.
 * @throws Ep23Error NOT_CANONICAL (65) for half of a surrogate pair, and Error for NaN and infinities: JSON has no form for them
 */
export function canonicalJson(value: unknown): string {
  if (hasSortedFields(value)) {
    const text = JSON.stringify(value)
    // JSON.stringify escapes what has no partner, but a text may also hold the letters of an escape: the library knows.
    if (!text.includes(String.raw`\ud`)) return text
  }
  try {
    return canonicalize(value) ?? 'null'
  } catch (error) {
    if (!/surrogate/iu.test((error as Error).message)) throw error
    throw badDataError('NOT_CANONICAL', message('halfCharacter'), [message('takeFile')], error)
  }
}

/**
 * One line of an export, without the line feed: RFC 8785, and U+0085, U+2028 and U+2029 written as escapes. The escapes
 * are the only difference, and none to a JSON parser.
 */
export function canonicalLine(record: unknown): string {
  let line = canonicalJson(record)
  // Nearly no line has one, and looking for one character at a time is ten times faster than a regular expression.
  for (const character of LINE_SEPARATORS)
    if (line.includes(character)) line = line.replaceAll(character, escape(character))
  return line
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// Then JSON.stringify, several times faster than any library, already gives the canonical form.
function hasSortedFields(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(hasSortedFields)
  let previous: string | undefined
  for (const field of Object.keys(value)) {
    if (previous !== undefined && field < previous) return false
    if (!hasSortedFields((value as Record<string, unknown>)[field])) return false
    previous = field
  }
  return true
}
