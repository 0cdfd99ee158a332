import {DIGIT, LETTER, NEWLINE, SPACE, classAt} from './character-classes.js'
import {emojiEnd} from './emoji.js'
import {STOP_WORDS} from './stems.js'

const DASHES = new Set('—–-')
const OPENERS = new Set('«"„“‘\'([{')
const CLOSERS = new Set('»"”“’\')]}')
/** What never begins a sentence. */
const LINKS = new Set(',;:.!?…)]»')
const SMILEY = / ?[:;]-?[()]+/y
const PARTICLES = new Set(['ли', 'же', 'бы', 'ж'])
const LONGEST_STOP_WORD = 8
/** `б) второй пункт` */
const LETTERED_ITEM = /^[а-яa-z]\)\s/

/**
 * What a line goes on with: a word in lower case, a capital letter, a capital letter of a word that opens sentences
 * (`Он`, `Это`), a number, another sign, or nothing but emoji.
 */
export type Continuation = 'lower' | 'upper' | 'opener' | 'number' | 'sign' | 'nothing'

export function skipSpaces(text: string, at: number): number {
  while (classAt(text, at) & SPACE) at++
  return at
}

/** Past the quotes and brackets that close right after a terminator, and a smiley: `Привет!» :)`. */
export function skipClosers(text: string, at: number): number {
  while (CLOSERS.has(text.charAt(at))) at++
  SMILEY.lastIndex = at
  return SMILEY.test(text) ? SMILEY.lastIndex : at
}

function skipOpeners(text: string, at: number): number {
  while (OPENERS.has(text.charAt(at))) at++
  return at
}

function skipEmoji(text: string, at: number): number {
  let next = skipSpaces(text, at)
  for (let end = emojiEnd(text, next); end > next; end = emojiEnd(text, next)) next = skipSpaces(text, end)
  return next
}

/** What the line goes on with at `at`, looking past spaces, emoji, a dash, opening quotes and brackets. */
export function continuationAt(text: string, at: number): Continuation {
  let next = skipEmoji(text, at)
  if (next >= text.length || classAt(text, next) & NEWLINE) return 'nothing'
  if (LINKS.has(text.charAt(next))) return 'lower'
  if (DASHES.has(text.charAt(next))) next = skipSpaces(text, next + 1)
  next = skipOpeners(text, next)
  if (LETTERED_ITEM.test(text.slice(next, next + 3))) return 'upper'
  const classes = classAt(text, next)
  if (classes & DIGIT) return 'number'
  return classes & LETTER ? wordAt(text, next) : 'sign'
}

function wordAt(text: string, at: number): Continuation {
  const word = text.slice(at, wordEnd(text, at))
  const initial = word.charAt(0)
  if (initial !== initial.toUpperCase()) return /^[a-z]{1,2}[A-Z]/.test(word) ? 'upper' : 'lower'
  if (/^[IVXLC]+$/.test(word)) return 'number'
  return opensSentences(word) && text[at + word.length] !== '.' ? 'opener' : 'upper'
}

/** The end of the word at `at`, or of the part of it that tells a stop word from a longer one. */
function wordEnd(text: string, at: number): number {
  let end = at
  while (end - at <= LONGEST_STOP_WORD && classAt(text, end) & LETTER) end++
  return end
}

function opensSentences(word: string): boolean {
  const lower = word.toLowerCase()
  return STOP_WORDS.has(lower) && !PARTICLES.has(lower)
}
