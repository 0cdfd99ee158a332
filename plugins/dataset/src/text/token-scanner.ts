import {
  DIGIT,
  EMOJI,
  EXTEND,
  FOLD,
  HIGH_SURROGATE,
  LETTER,
  SPACE,
  classAt,
  codeUnits,
  isAstralInvisible,
  isAstralLetter,
} from './character-classes.js'
import {emojiEnd, keycapEnd} from './emoji.js'
import {hostExtent, isHost, isLatinLetter, urlEnd} from './urls.js'

export const TOKEN_KINDS = ['word', 'number', 'url', 'mention', 'hashtag', 'emoji'] as const
export type TokenKind = (typeof TOKEN_KINDS)[number]

const HASH = 0x23
const PER_CENT = 0x25
const ASTERISK = 0x2a
const DOT = 0x2e
const SLASH = 0x2f
const AT = 0x40
const LOW_LINE = 0x5f
const PER_MILLE = 0x2030

/** Hyphens, apostrophes and the low line: between letters or digits they belong to the word. */
const INNER = new Set(codeUnits("-‐‑−﹣－'‘’‚‛‹›ʼ´＇_"))

/** Between digits these belong to the number: `5,5`, `3.8.1`, `10–15`. */
const BETWEEN_DIGITS = new Set(codeUnits('.,‒–—―'))

function isWordUnit(text: string, index: number): boolean {
  return (classAt(text, index) & (LETTER | DIGIT)) !== 0
}

/**
 * Walks over the tokens of a text without making an object for each: after `next()` the fields describe the token.
 * Linear in the length of the text whatever it holds.
 */
export class TokenScanner {
  kind: TokenKind = 'word'
  start = 0
  end = 0
  /** True when lower-casing and ё→е do not suffice to bring the token to its matching form. */
  needsFold = false
  readonly #text: string
  /** Everything before this index was already looked at as a host name, in vain. */
  #noHostBefore = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Moves to the next token; false at the end of the text. */
  next(): boolean {
    for (let at = this.end; at < this.#text.length; at++) {
      const classes = classAt(this.#text, at)
      if (classes & (LETTER | DIGIT)) return this.#scanWord(at)
      if (this.#scanMarked(at, classes)) return true
    }
    return false
  }

  #found(kind: TokenKind, start: number, end: number): true {
    this.kind = kind
    this.start = start
    this.end = end
    this.needsFold = true
    return true
  }

  #scanWord(start: number): true {
    const keycap = keycapEnd(this.#text, start)
    if (keycap > start) return this.#found('emoji', start, keycap)
    let seen = 0
    let end = start
    for (let width = 1; width > 0; end += width) {
      const classes = classAt(this.#text, end)
      width = classes & (LETTER | DIGIT | EXTEND) ? 1 : this.#innerWidth(end, classes)
      if (width > 0) seen |= width > 1 ? LETTER | FOLD : classes
    }
    const address = this.#addressEnd(start, end)
    if (address > end) return this.#found('url', start, address)
    this.#found(seen & LETTER ? 'word' : 'number', start, end)
    this.needsFold = (seen & FOLD) !== 0
    if (this.kind === 'number') this.#takePercent()
    return true
  }

  /** Width of a mark or an astral character that does not end the word at `index`; 0 when the word ends. */
  #innerWidth(index: number, classes: number): number {
    const unit = this.#text.charCodeAt(index)
    if (INNER.has(unit)) return isWordUnit(this.#text, this.#skipExtend(index + 1)) ? 1 : 0
    if (BETWEEN_DIGITS.has(unit)) return this.#isBetweenDigits(index) ? 1 : 0
    if (!(classes & HIGH_SURROGATE)) return 0
    const codePoint = this.#text.codePointAt(index) ?? 0
    return isAstralLetter(codePoint) || isAstralInvisible(codePoint) ? 2 : 0
  }

  #skipExtend(index: number): number {
    while (classAt(this.#text, index) & EXTEND) index++
    return index
  }

  #isBetweenDigits(index: number): boolean {
    return (classAt(this.#text, index - 1) & classAt(this.#text, index + 1) & DIGIT) !== 0
  }

  /** `5%`, `5 %`: the sign is part of the number. */
  #takePercent(): void {
    const spaced = classAt(this.#text, this.end) & SPACE ? 1 : 0
    const unit = this.#text.charCodeAt(this.end + spaced)
    if (unit !== PER_CENT && unit !== PER_MILLE) return
    this.end += spaced + 1
    this.needsFold ||= spaced > 0
  }

  /** Where the address ends that the word begins: `https://…`, `www.…`, `t.me/…`, `name@host.org`; else `end`. */
  #addressEnd(start: number, end: number): number {
    const unit = this.#text.charCodeAt(end)
    if (unit === 0x3a) return this.#text.startsWith('://', end) ? this.#urlAfter(start, end + 3) : end
    if (unit === AT) return this.#hostAfter(end)
    if (unit !== DOT || !isLatinLetter(this.#text.charCodeAt(end - 1))) return end
    const host = this.#hostEnd(start)
    if (this.#text.charCodeAt(host) === SLASH) return this.#urlAfter(start, host + 1)
    return host > end && /^www\./i.test(this.#text.slice(start, start + 4)) ? host : end
  }

  /** The end of the url, if it holds anything after its prefix. */
  #urlAfter(start: number, prefixEnd: number): number {
    const end = urlEnd(this.#text, start)
    return end > prefixEnd ? end : start
  }

  /** The end of the host after the sign at `at`, or `at` when there is none. */
  #hostAfter(at: number): number {
    const end = this.#hostEnd(at + 1)
    return end > at + 1 ? end : at
  }

  #hostEnd(start: number): number {
    if (start < this.#noHostBefore) return start
    const end = hostExtent(this.#text, start)
    if (isHost(this.#text, start, end)) return end
    this.#noHostBefore = end
    return start
  }

  #scanMarked(at: number, classes: number): boolean {
    const unit = this.#text.charCodeAt(at)
    if (classes & (EMOJI | HIGH_SURROGATE)) return this.#scanEmoji(at)
    if (unit === HASH || unit === ASTERISK) return this.#scanHashtag(at)
    return unit === AT && this.#scanMention(at)
  }

  #scanEmoji(at: number): boolean {
    const end = emojiEnd(this.#text, at)
    if (end > at) return this.#found('emoji', at, end)
    return isAstralLetter(this.#text.codePointAt(at) ?? 0) && this.#scanWord(at)
  }

  #scanHashtag(at: number): boolean {
    const keycap = keycapEnd(this.#text, at)
    if (keycap > at) return this.#found('emoji', at, keycap)
    if (this.#text.charCodeAt(at) !== HASH || isWordUnit(this.#text, at - 1)) return false
    let seen = 0
    let end = at + 1
    for (; this.#isTagUnit(end); end++) seen |= classAt(this.#text, end)
    return (seen & LETTER) !== 0 && this.#found('hashtag', at, end)
  }

  #isTagUnit(index: number): boolean {
    return (classAt(this.#text, index) & (LETTER | DIGIT | EXTEND)) !== 0 || this.#text.charCodeAt(index) === LOW_LINE
  }

  /** Telegram names are Latin letters, digits and low lines, and begin with a letter. */
  #scanMention(at: number): boolean {
    if (isWordUnit(this.#text, at - 1) || !isLatinLetter(this.#text.charCodeAt(at + 1))) return false
    let end = at + 2
    while (this.#text.charCodeAt(end) < 0x80 && this.#isTagUnit(end)) end++
    return this.#found('mention', at, end)
  }
}
