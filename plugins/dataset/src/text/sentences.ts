import {DIGIT, EXTEND, LETTER, NEWLINE, SPACE, classAt} from './character-classes.js'
import {emojiEnd} from './emoji.js'
import {continuationAt, skipClosers} from './sentence-context.js'
import {dotEndsSentence, isListNumber} from './sentence-rules.js'

export interface Sentence {
  text: string
  /** [start, end) in UTF-16 units of the text that was split. */
  start: number
  end: number
}

/** Terminators, line breaks, and list bullets (a keycap begins with its digit) with a space before them. */
const CANDIDATES =
  /[.!?…]+|[\n-\r\u0085\u2028\u2029]+|(?<=[\t \u00a0])(?:[•●▪▫◆◾◽■□‣▸►✅✔☑❌⚫⚪🔹🔸🔺🔻🔵🔴🟢🟡🟣🟠🔘🔶🔷]|\d\ufe0f?\u20e3)/gu

/** Cuts one text into sentences, from left to right, each place looked at once. */
class SentenceSplitter {
  readonly #text: string
  readonly #sentences: Sentence[] = []
  #start = 0
  /** No letter or digit of the sentence that begins at `#start` stands before this index. */
  #wordless = 0

  constructor(text: string) {
    this.#text = text
  }

  split(): Sentence[] {
    for (const {0: found, index} of this.#text.matchAll(CANDIDATES)) {
      if (classAt(found, 0) & NEWLINE) this.#cutAt(index)
      else if (!'.!?…'.includes(found.charAt(0))) this.#cutAtBullet(found, index)
      else this.#cutAtTerminator(found, index)
    }
    this.#cutAt(this.#text.length)
    return this.#sentences
  }

  #cutAtBullet(bullet: string, index: number): void {
    if (!this.#hasWordBefore(index)) return
    if (continuationAt(this.#text, index + bullet.length) !== 'nothing') this.#cutAt(index)
  }

  #cutAtTerminator(terminator: string, index: number): void {
    const end = skipClosers(this.#text, index + terminator.length)
    if (end <= this.#start || !this.#isGap(end) || !this.#hasWordBefore(index)) return
    if (this.#endsSentence(terminator, index, end)) this.#cutAt(end)
  }

  #endsSentence(terminator: string, index: number, end: number): boolean {
    const next = continuationAt(this.#text, end)
    if (next === 'lower' || next === 'nothing') return false
    if (end > index + terminator.length && this.#isBracketed(index)) return false
    if (terminator !== '.') return true
    return !isListNumber(this.#text, this.#start, index) && dotEndsSentence(this.#text, index, next)
  }

  /** `(?)`, `[…]`: a remark on the word before, no end. */
  #isBracketed(index: number): boolean {
    return this.#text[index - 1] === '(' || this.#text[index - 1] === '['
  }

  #isGap(index: number): boolean {
    return (classAt(this.#text, index) & SPACE) !== 0 || emojiEnd(this.#text, index) > index
  }

  #hasWordBefore(index: number): boolean {
    while (this.#wordless < index && !(classAt(this.#text, this.#wordless) & (LETTER | DIGIT))) this.#wordless++
    return this.#wordless < index
  }

  /** Ends the sentence at `index`, without the space around it; nothing but space and invisible signs is no sentence. */
  #cutAt(index: number): void {
    let end = index
    while (end > this.#start && this.#isBlank(end - 1)) end--
    if (end > this.#start && this.#isVisible(this.#start, end))
      this.#sentences.push({text: this.#text.slice(this.#start, end), start: this.#start, end})
    this.#begin(index)
  }

  #begin(index: number): void {
    if (index < this.#start) return
    this.#start = index
    while (this.#isBlank(this.#start)) this.#start++
    this.#wordless = this.#start
  }

  #isBlank(index: number): boolean {
    return (classAt(this.#text, index) & (SPACE | NEWLINE)) !== 0
  }

  #isVisible(start: number, end: number): boolean {
    while (start < end && classAt(this.#text, start) & (SPACE | NEWLINE | EXTEND)) start++
    return start < end
  }
}

/**
 * Sentences of a Russian text, trimmed, in order; everything visible is in exactly one of them. Line breaks and list
 * bullets always split. A terminator splits when the line does not go on in lower case, and a dot only after a word that
 * is no initial and no abbreviation which goes on (`И. И. Иванов`, `г. Москва`, `5,5 тыс. руб. выросла`). Direct speech
 * stays with its author (`«Да?» — спросил он.`). Linear in the length of the text.
 */
export function splitSentences(text: string): Sentence[] {
  return new SentenceSplitter(text).split()
}
