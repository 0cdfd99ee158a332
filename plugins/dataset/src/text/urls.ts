import {EXTEND, NEWLINE, SPACE, classAt, codeUnits} from './character-classes.js'

const STOPS = new Set(codeUnits('<>"«»“”„`|\\^{}[]'))
const DOT = 0x2e
const OPEN = 0x28
const CLOSE = 0x29

/** Punctuation that belongs to the sentence, or to the markup, rather than to the address before it. */
const TRAILING = new Set(codeUnits(".,;:!?…'’*_~&"))

/** Where the address that starts at `start` ends: brackets inside it are balanced, final punctuation is not taken. */
export function urlEnd(text: string, start: number): number {
  let end = start
  for (let depth = 0; end < text.length; end++) {
    const unit = text.charCodeAt(end)
    if (STOPS.has(unit) || classAt(text, end) & (SPACE | NEWLINE | EXTEND)) break
    if (unit === OPEN) depth++
    else if (unit === CLOSE && --depth < 0) break
  }
  while (end > start && (TRAILING.has(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === OPEN)) end--
  return end
}

export function isLatinLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a)
}

function isHostUnit(unit: number): boolean {
  return isLatinLetter(unit) || (unit >= 0x30 && unit <= 0x39) || unit === 0x2d
}

/** How far a run of host labels and single dots between them goes from `start`. */
export function hostExtent(text: string, start: number): number {
  let end = start
  while (isHostUnit(text.charCodeAt(end)) || (end > start && isDotInside(text, end))) end++
  return end
}

function isDotInside(text: string, index: number): boolean {
  return text.charCodeAt(index) === DOT && text.charCodeAt(index - 1) !== DOT && isHostUnit(text.charCodeAt(index + 1))
}

/** True for `bit.ly`: at least one dot, and a top-level domain of 2 to 24 Latin letters. */
export function isHost(text: string, start: number, end: number): boolean {
  const domain = start + text.slice(start, end).lastIndexOf('.') + 1
  if (domain === start || end - domain < 2 || end - domain > 24) return false
  for (let at = domain; at < end; at++) if (!isLatinLetter(text.charCodeAt(at))) return false
  return true
}
