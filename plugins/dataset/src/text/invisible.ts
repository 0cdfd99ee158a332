import {EMOJI, EXTEND, HIGH_SURROGATE, LETTER, NEWLINE, SPACE, classAt, classOf} from './character-classes.js'

const ZERO_WIDTH_JOINER = 0x200d
const TAGS = 0xdb40

/** Controls, soft hyphen, zero-width characters, direction marks, variation selectors, byte order mark: a regex class. */
export const INVISIBLE_UNITS = String.raw`\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff`

const INVISIBLE = new RegExp(String.raw`[${INVISIBLE_UNITS}]|\udb40[\udc00-\udfff]`, 'g')

/** Takes out every invisible character. Emoji sequences fall into their parts, so this is for matching only. */
export function dropInvisible(text: string): string {
  return text.replace(INVISIBLE, '')
}

/** Takes out invisible characters, but leaves the joiners, selectors and tags that hold an emoji together. */
export function dropInvisibleAroundEmoji(text: string): string {
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
