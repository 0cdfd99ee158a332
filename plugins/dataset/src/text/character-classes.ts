/**
 * What a UTF-16 code unit is, from tables of our own: the ICU of the runtime changes between Node releases, and a
 * number must not change with it. Scripts that Russian posts hardly contain are taken as whole blocks of letters.
 */
export const LETTER = 1
export const DIGIT = 2
/** Combining or invisible: goes on with a word, never starts one. */
export const EXTEND = 4
/** `toLowerCase` and ё→е alone do not bring this unit to its matching form. */
export const FOLD = 8
export const EMOJI = 16
export const SPACE = 32
export const NEWLINE = 64
/** The first half of a character outside the basic plane. */
export const HIGH_SURROGATE = 128

/** Hexadecimal code units and ranges of them, separated by spaces. */
type Ranges = string

const LETTERS: Ranges =
  '41-5a 61-7a aa b5 ba c0-d6 d8-f6 f8-2b8 2c6-2d1 2e0-2e4 370-373 376-377 37b-37d 37f 386 388-3f5 3f7-481 48a-52f ' +
  '531-556 561-587 5d0-5ea 620-64a 66e-6d3 6fa-6ff 710-7ff 900-963 966-dff e01-e3a e40-e4e e81-167f 1681-180a ' +
  '1810-1aaf 1b00-1dbf 1e00-1fbc 1fbe 1fc2-1fcc 1fd0-1fdb 1fe0-1fec 1ff2-1ffc 2071 207f 2126 212a-212b 2c00-2dff ' +
  '3005-3007 3041-3096 309d-309f 30a1-30fa 30fc-30ff 3105-31ff 3400-4dbf 4e00-d7ff f900-fb28 fb2a-fdff fe70-fefc ' +
  'ff21-ff3a ff41-ff5a ff66-ffdc'

const DIGITS: Ranges = '30-39 660-669 6f0-6f9 ff10-ff19'

const COMBINING: Ranges = '300-36f 483-489 591-5bd 610-61a 64b-65f 1ab0-1aff 1dc0-1dff 20d0-20ff 3099-309a fe20-fe2f'

/** Controls, soft hyphen, zero-width characters, direction marks, variation selectors, byte order mark. */
const INVISIBLE: Ranges = '0-8 e-1f 7f-84 86-9f ad 61c 180b-180f 200b-200f 202a-202e 2060-206f fe00-fe0f feff'

const SPACES: Ranges = '9 20 a0 1680 2000-200a 202f 205f 3000'

const NEWLINES: Ranges = 'a-d 85 2028-2029'

/** The emoji of the basic plane, among them the bullets that messengers draw as emoji. */
const EMOJIS: Ranges =
  '203c 2049 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab 25b6 25c0 25fb-25fe ' +
  '2600-27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55 3030 303d 3297 3299'

/** ASCII, and the letters of Latin-1 and modern Cyrillic, which `toLowerCase` brings to their matching form. */
const SIMPLE_LETTERS: Ranges = '41-5a 61-7a c0-d6 d8-f6 f8-ff 400-44f 451-45c 45e-481 48a-4ff'
const SIMPLE: Ranges = `0-7f ${SIMPLE_LETTERS}`

function parse(ranges: Ranges): [from: number, to: number][] {
  return ranges.split(' ').map(range => {
    const [from = '', to = from] = range.split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
}

function setTo(table: Uint8Array, ranges: Ranges, bits: number): void {
  for (const [from, to] of parse(ranges)) table.fill(bits, from, to + 1)
}

function mark(table: Uint8Array, ranges: Ranges, bit: number): void {
  for (const [from, to] of parse(ranges))
    for (let unit = from; unit <= to; unit++) table[unit] = (table[unit] ?? 0) | bit
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(FOLD)
  setTo(table, LETTERS, FOLD | LETTER)
  setTo(table, SIMPLE, 0)
  mark(table, SIMPLE_LETTERS, LETTER)
  setTo(table, `${COMBINING} ${INVISIBLE}`, FOLD | EXTEND)
  mark(table, DIGITS, DIGIT)
  mark(table, SPACES, SPACE)
  mark(table, NEWLINES, NEWLINE)
  mark(table, EMOJIS, EMOJI)
  mark(table, 'd800-dbff', HIGH_SURROGATE)
  return table
}

const CLASSES = buildTable()

/** The class bits of a UTF-16 code unit; 0 for NaN. */
export function classOf(unit: number): number {
  return CLASSES[unit] ?? 0
}

/** The class bits of the unit at `index`; 0 outside the string. */
export function classAt(text: string, index: number): number {
  // Outside, charCodeAt gives NaN, with which a table is read several times slower.
  return index >= 0 && index < text.length ? (CLASSES[text.charCodeAt(index)] ?? 0) : 0
}

/** Mathematical Alphanumerics (the "fancy fonts" of channel names) and the Han extensions. */
export function isAstralLetter(codePoint: number): boolean {
  return (codePoint >= 0x1d400 && codePoint <= 0x1d7ff) || (codePoint >= 0x20000 && codePoint <= 0x3ffff)
}

/** Tag characters (flags of regions) and the supplementary variation selectors. */
export function isAstralInvisible(codePoint: number): boolean {
  return codePoint >= 0xe0000 && codePoint <= 0xe03ff
}

/** The UTF-16 code units of a string, to make sets of marks from. */
export function codeUnits(marks: string): number[] {
  return Array.from({length: marks.length}, (_, index) => marks.charCodeAt(index))
}
