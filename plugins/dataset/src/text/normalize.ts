import {EMOJI, EXTEND, HIGH_SURROGATE, LETTER, NEWLINE, SPACE, classAt, classOf} from './character-classes.js'

const ZERO_WIDTH_JOINER = 0x200d
const TAGS = 0xdb40

/** Controls, soft hyphen, zero-width characters, direction marks, variation selectors, byte order mark: a regex class. */
const INVISIBLE_UNITS = String.raw`\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff`

const INVISIBLE = new RegExp(String.raw`[${INVISIBLE_UNITS}]|\udb40[\udc00-\udfff]`, 'g')

/** Takes out every invisible character. Emoji sequences fall into their parts, so this is for matching only. */
function dropInvisible(text: string): string {
  return text.replace(INVISIBLE, '')
}

/** Takes out invisible characters, but leaves the joiners, selectors and tags that hold an emoji together. */
function dropInvisibleAroundEmoji(text: string): string {
  const kept: string[] = []
  let from = 0
  let before = Number.NaN
  for (const {0: found, index} of text.matchAll(INVISIBLE)) {
    if (index > from) before = text.charCodeAt(index - 1)
    kept.push(text.slice(from, index))
    from = index + found.length
    if (!holdsEmoji(before, text, index)) continue
    kept.push(found)
    before = text.charCodeAt(from - 1)
  }
  return from === 0 ? text : kept.join('') + text.slice(from)
}

/** Whether the invisible character at `index` belongs to an emoji; `before` is the last unit that was kept. */
function holdsEmoji(before: number, text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  if (unit === ZERO_WIDTH_JOINER) return endsEmoji(before) && beginsEmoji(text, index + 1)
  if (unit === TAGS) return isLowSurrogate(before)
  return isSelector(unit) && takesSelector(before)
}

function isSelector(unit: number): boolean {
  return unit === 0xfe0e || unit === 0xfe0f
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function beginsEmoji(text: string, index: number): boolean {
  return (classAt(text, index) & (EMOJI | HIGH_SURROGATE)) !== 0 && text.charCodeAt(index) !== TAGS
}

function endsEmoji(unit: number): boolean {
  return isLowSurrogate(unit) || isSelector(unit) || (classOf(unit) & EMOJI) !== 0
}

/** A selector belongs to a symbol or a keycap digit before it: not to a letter, a space or a mark. */
function takesSelector(unit: number): boolean {
  return !Number.isNaN(unit) && (classOf(unit) & (LETTER | EXTEND | SPACE | NEWLINE)) === 0
}

const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

/** What a character becomes for matching, and the characters that do. */
const FOLDINGS = [
  ['е', 'ё\u0450'],
  ['и', '\u045d'],
  ['σ', 'ς'],
  ['...', '…'],
  ['\n', '\r\u0085\u2028\u2029'],
  [' ', '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  ['"', '«»“”„‟＂'],
  ["'", '‘’‚‛‹›ʼ´＇'],
  ['-', '‐‑−﹣－'],
  ['—', '‒–―'],
] as const

const FOLDS: ReadonlyMap<string, string> = new Map(
  FOLDINGS.flatMap(([to, from]) => Array.from(from, character => [character, to] as const)),
)

/** What is folded, and the combining marks that NFC left over: stress, mostly. */
const FOLDED = new RegExp(String.raw`\r\n|[\u0300-\u036f${[...FOLDS.keys()].join('')}]`, 'g')

function fold(found: string): string {
  return found === '\r\n' ? '\n' : (FOLDS.get(found) ?? '')
}

/**
 * Text for display: NFC, no invisible characters but those inside an emoji, plain spaces, `\n` line breaks.
 * Case, quotes, dashes and ё stay.
 */
export function cleanInvisible(text: string): string {
  return dropInvisibleAroundEmoji(text.normalize('NFC'))
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replace(LINE_BREAKS, '\n')
}

/**
 * Text for comparing: NFC, lower case without a locale, ё→е, no invisible characters and no stress marks, one kind of
 * quote, apostrophe, hyphen, dash, space and line break, `…` as three dots. Idempotent; never throws, lone surrogates stay.
 */
export function normalizeForMatching(text: string): string {
  return dropInvisible(text).toLowerCase().normalize('NFC').replace(FOLDED, fold).normalize('NFC')
}

export interface TextWithOffsets {
  text: string
  /** For each code unit of `text` the index in the original it came from; one more, the original's length, closes it. */
  offsets: Uint32Array
}

const EXTENDING = String.raw`[\p{M}\u1160-\u11ff${INVISIBLE_UNITS}]|[\u{e0000}-\u{e03ff}]`

/**
 * A stretch of characters that each give one unit and compose with nothing, or one character with all that may compose
 * with it: nothing in one match changes the form of the next.
 */
const CLUSTER = new RegExp(
  String.raw`[\n\t -~«»А-Яа-яЁё]+(?!${EXTENDING})|\r(?:${EXTENDING})*\n|[^](?:${EXTENDING})*`,
  'gu',
)

/**
 * `normalizeForMatching` that remembers where each unit came from, for showing a found fragment in the original:
 * fragment [a, b) of the result is [offsets[a], offsets[b]) of `text`.
 */
export function normalizeWithOffsets(text: string): TextWithOffsets {
  const offsets: number[] = []
  let normalized = ''
  for (const {0: cluster, index} of text.matchAll(CLUSTER)) {
    const folded = normalizeForMatching(cluster)
    const isStretch = folded.length === cluster.length && cluster.length > 1
    for (let unit = 0; unit < folded.length; unit++) offsets.push(isStretch ? index + unit : index)
    normalized += folded
  }
  offsets.push(text.length)
  return {text: normalized, offsets: Uint32Array.from(offsets)}
}
