import {LETTER, classAt} from './character-classes.js'
import {type Evidence, readEvidence} from './language-evidence.js'
import {CYRILLIC_LANGUAGES, type CyrillicLanguage, languagesOfLetter} from './language-words.js'
import {TokenScanner} from './token-scanner.js'
import {type Token, tokenize} from './tokens.js'

/**
 * What a text seems to be written in, as a language tag; `cyrillic` for another language in Cyrillic letters, `other` for
 * another in other letters and for a text without words.
 */
export type LanguageHint = CyrillicLanguage | 'en' | 'ar' | 'cyrillic' | 'other'

/** A text that tells nothing counts as Russian. Every letter of the others is Kazakh, too: that alone tells nothing. */
const BEFORE: Readonly<Partial<Record<CyrillicLanguage, number>>> = {ru: 1, kk: -2}
/** More words than this share with letters that even the likeliest language lacks: it is none of them. */
const MOST_FOREIGN = 0.25
const QUOTATION = /«[^»\n]{0,100}»/gu
const TELLING_WORDS = 3
/** From this many Cyrillic letters on, a Russian text without a single ы, э or ё is not to be expected. */
const TELLING_LENGTH = 600

/** Share of Cyrillic among the letters of a text's words, from 0 to 1; 0 for a text without words. */
export function cyrillicShare(text: string): number {
  let letters = 0
  let cyrillic = 0
  const scanner = new TokenScanner(text)
  while (scanner.next()) {
    if (scanner.kind !== 'word') continue
    for (let at = scanner.start; at < scanner.end; at++) {
      if (!(classAt(text, at) & LETTER)) continue
      letters++
      if (languagesOfLetter(text.charCodeAt(at)) !== undefined) cyrillic++
    }
  }
  return letters === 0 ? 0 : cyrillic / letters
}

/**
 * The language of a text by its letters and by its words: a letter that a language lacks speaks against it, function words
 * and endings speak for it (Bulgarian, and much of Ukrainian, is written in letters that Russian has). A foreign name or a
 * quotation in a Russian text does not change it; a text too short to tell counts as Russian.
 *
 * @example languageHint('Съдът остави в ареста бившия директор.') // 'bg'
 */
export function languageHint(text: string): LanguageHint {
  return hintOf(evidenceOf(text))
}

/** Of what stands outside quotations, where that is enough to tell. */
function evidenceOf(text: string): Evidence {
  if (!text.includes('«')) return readEvidence(text)
  const outside = readEvidence(text.replaceAll(QUOTATION, ' '))
  return outside.cyrillicWords < TELLING_WORDS ? readEvidence(text) : outside
}

function hintOf(evidence: Evidence): LanguageHint {
  const {letters, cyrillic, arabic, englishWords, cyrillicWords, points, foreignWords, russianLetters} = evidence
  if (cyrillic === 0 || cyrillic < letters / 2) return arabic > letters / 2 ? 'ar' : englishWords > 0 ? 'en' : 'other'
  const scores = points.map((score, index) => score + (BEFORE[CYRILLIC_LANGUAGES[index] ?? 'ru'] ?? 0))
  const best = scores.indexOf(Math.max(...scores))
  if ((foreignWords[best] ?? 0) > MOST_FOREIGN * cyrillicWords) return 'cyrillic'
  if (best === 0 && cyrillic >= TELLING_LENGTH && russianLetters === 0) return 'cyrillic'
  return CYRILLIC_LANGUAGES[best] ?? 'cyrillic'
}

/** Enough to be sure which language has the majority, and cheap. */
const MOST_TEXTS = 200
const TELLING_PART = 400

/** What a set of texts is written in. */
export interface MainLanguage {
  /** The language with the most letters. */
  language: LanguageHint
  /** Share of Russian among the letters of the texts that have words, from 0 to 1. */
  russian: number
}

/**
 * The language of many texts, each decided for itself and weighed by its letters: a Russian channel may quote others and
 * have some posts in them. Of many texts a sample is read, evenly over all, of each its beginning. Undefined when no text has a word.
 */
export function mainLanguage(texts: readonly string[]): MainLanguage | undefined {
  const letters = new Map<LanguageHint, number>()
  let all = 0
  const step = Math.max(1, texts.length / MOST_TEXTS)
  for (let at = 0; at < texts.length; at += step) {
    const evidence = evidenceOf((texts[Math.floor(at)] ?? '').slice(0, TELLING_PART))
    const hint = hintOf(evidence)
    letters.set(hint, (letters.get(hint) ?? 0) + evidence.letters)
    all += evidence.letters
  }
  if (all === 0) return undefined
  const [[language]] = [...letters].sort(([, a], [, b]) => b - a) as [[LanguageHint, number]]
  return {language, russian: (letters.get('ru') ?? 0) / all}
}

/** A stretch of a text: [start, end) in UTF-16 units. */
export interface TextRun {
  text: string
  start: number
  end: number
}

function isLatinWord({kind, text}: Token): boolean {
  return kind === 'word' && /^[a-z\u00c0-\u024f][^\u0400-\u052f]*$/i.test(text)
}

/** Latin words and numbers go on with a run, on the same line. */
function goesOn(text: string, run: readonly Token[], next: Token): boolean {
  const last = run.at(-1)
  if (!last || text.slice(last.end, next.start).includes('\n')) return false
  return next.kind === 'number' || isLatinWord(next)
}

/**
 * Stretches of at least `minWords` Latin words in a row (numbers between them go along): names of firms and products are
 * shorter, so this is text somebody forgot to translate. Addresses, `@names` and tags end a stretch, and so does a line break.
 */
export function latinRuns(text: string, minWords = 4): TextRun[] {
  const runs: TextRun[] = []
  let run: Token[] = []
  for (const token of tokenize(text)) {
    if (!goesOn(text, run, token)) {
      runs.push(...asRun(text, run, minWords))
      run = []
    }
    if (isLatinWord(token) || run.length > 0) run.push(token)
  }
  return [...runs, ...asRun(text, run, minWords)]
}

function asRun(text: string, tokens: readonly Token[], minWords: number): TextRun[] {
  const latin = tokens.filter(token => token.kind === 'word')
  const [first, last] = [latin[0], latin.at(-1)]
  if (!first || !last || latin.length < minWords) return []
  const [{start}, {end}] = [first, last]
  return [{text: text.slice(start, end), start, end}]
}
