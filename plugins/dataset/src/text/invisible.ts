import {EMOJI, HIGH_SURROGATE, LETTER, NEWLINE, SPACE, classAt} from './character-classes.js'

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
  let kept = ''
  let from = 0
  for (const {0: found, index} of text.matchAll(INVISIBLE)) {
    kept += text.slice(from, index)
    if (holdsEmoji(kept, text, index)) kept += found
    from = index + found.length
  }
  return from === 0 ? text : kept + text.slice(from)
}

function holdsEmoji(before: string, text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  if (unit === ZERO_WIDTH_JOINER)
    return endsWithEmoji(before) && (classAt(text, index + 1) & (EMOJI | HIGH_SURROGATE)) !== 0
  if (unit === TAGS) return isLowSurrogate(before.charCodeAt(before.length - 1))
  return isSelector(unit) && endsWithSymbol(before)
}

function isSelector(unit: number): boolean {
  return unit === 0xfe0e || unit === 0xfe0f
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function endsWithEmoji(text: string): boolean {
  const unit = text.charCodeAt(text.length - 1)
  return isLowSurrogate(unit) || isSelector(unit) || (classAt(text, text.length - 1) & EMOJI) !== 0
}

/** A selector belongs to a symbol or a keycap digit before it: not to a letter, a space or another selector. */
function endsWithSymbol(text: string): boolean {
  if (text === '' || isSelector(text.charCodeAt(text.length - 1))) return false
  return (classAt(text, text.length - 1) & (LETTER | SPACE | NEWLINE)) === 0
}
