import {EMOJI, HIGH_SURROGATE, classAt} from './character-classes.js'

const JOINER = 0x200d
const TEXT_SELECTOR = 0xfe0e
const EMOJI_SELECTOR = 0xfe0f
const KEYCAP = 0x20e3

function isRegional(codePoint: number): boolean {
  return codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff
}

function isSkinTone(codePoint: number): boolean {
  return codePoint >= 0x1f3fb && codePoint <= 0x1f3ff
}

function isTag(codePoint: number): boolean {
  return codePoint >= 0xe0020 && codePoint <= 0xe007f
}

/** Where the keycap (`1️⃣`) at `start` ends, or `start`. */
export function keycapEnd(text: string, start: number): number {
  const selector = text.charCodeAt(start + 1) === EMOJI_SELECTOR ? 1 : 0
  return text.charCodeAt(start + 1 + selector) === KEYCAP ? start + 2 + selector : start
}

function pictographEnd(text: string, start: number): number {
  const classes = classAt(text, start)
  if (classes & EMOJI) return start + 1
  if (!(classes & HIGH_SURROGATE)) return start
  const codePoint = text.codePointAt(start) ?? 0
  return codePoint >= 0x1f000 && codePoint <= 0x1faff ? start + 2 : start
}

/** Where the selector, the skin tone and the tags that modify a pictograph end. */
function modifiersEnd(text: string, start: number): number {
  let end = start
  for (;;) {
    const codePoint = text.codePointAt(end) ?? 0
    if (codePoint === EMOJI_SELECTOR || codePoint === TEXT_SELECTOR) end++
    else if (isSkinTone(codePoint) || isTag(codePoint)) end += 2
    else return end
  }
}

/**
 * Where the emoji sequence at `start` ends, or `start` when there is none: pictographs joined by ZWJ with their
 * modifiers, pairs of regional indicators (flags). Unicode TR51, section 1.4, without the text-default signs ©, ®, ™, ℹ.
 */
export function emojiEnd(text: string, start: number): number {
  let end = pictographEnd(text, start)
  if (end === start) return start
  if (isRegional(text.codePointAt(start) ?? 0) && isRegional(text.codePointAt(end) ?? 0)) return end + 2
  end = modifiersEnd(text, end)
  while (text.charCodeAt(end) === JOINER) {
    const next = pictographEnd(text, end + 1)
    if (next === end + 1) break
    end = modifiersEnd(text, next)
  }
  return end
}
