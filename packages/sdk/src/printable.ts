// Characters that steer a terminal (C0, DEL, C1), and those that turn the order of what is shown (Trojan Source, CVE-2021-42574).
const STEERING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/gu
/** The same and the line ends of Unicode; in JSON's own text only its line feeds are control characters. */
const UNESCAPED = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu

/**
 * A text of others as a terminal may show it: lines and tabs stay, every other control character is shown as `·`. All that
 * commands print passes through here: posts, file names and answers of servers are not ours to trust.
 * @example printableText('a\u001B[2Jb') // 'a·[2Jb'
 */
export function printableText(text: string): string {
  return text.replaceAll(LINE_ENDS, '\n').replaceAll(STEERING, character => (isKept(character) ? character : '·'))
}

/** The same on one line, for titles and notes. */
export function printableLine(text: string): string {
  return printableText(text)
    .replaceAll(/[\n\t]+/gu, ' ')
    .trim()
}

/** JSON that steers no terminal: the escapes are no difference to a JSON parser. */
export function printableJson(json: string): string {
  return json.replaceAll(UNESCAPED, character =>
    isKept(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function isKept(character: string): boolean {
  return character === '\n' || character === '\t'
}
