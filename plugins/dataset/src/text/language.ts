import {LETTER, classAt, codeUnits} from './character-classes.js'
import {
  ALL_LANGUAGES,
  CYRILLIC_LANGUAGES,
  LANGUAGES_OF_ENDING,
  LANGUAGES_OF_WORD,
  type CyrillicLanguage,
  type LanguageBits,
  languagesOfLetter,
} from './language-words.js'
import {TokenScanner} from './token-scanner.js'

/**
 * What a text seems to be written in, as a language tag; `cyrillic` for another language in Cyrillic letters, `other` for
 * another in other letters and for a text without words.
 */
export type LanguageHint = CyrillicLanguage | 'en' | 'ar' | 'cyrillic' | 'other'

const NAMES: Readonly<Record<LanguageHint, string>> = {
  ru: 'Russian (ru)',
  uk: 'Ukrainian (uk)',
  be: 'Belarusian (be)',
  bg: 'Bulgarian (bg)',
  sr: 'Serbian (sr)',
  mk: 'Macedonian (mk)',
  kk: 'Kazakh (kk)',
  en: 'English (en)',
  ar: 'Arabic (ar)',
  cyrillic: 'another language in Cyrillic letters',
  other: 'another language',
}

const ENGLISH = new Set(
  'the and of to in is for that with on was are by from at has have it this be will not as'.split(' '),
)
const LONGEST_FUNCTION_WORD = 10
const SHORTEST_INFLECTED = 5
const LONGEST_ENDING = 5

// What a word counts for a language, or against it. Measured on 264 texts of ours and twenty real channels.
const FUNCTION_WORD = 2
const ENDING = 1
const FOREIGN_LETTER = -3
/** A text that tells nothing counts as Russian. Every letter of the others is Kazakh, too: that alone tells nothing. */
const BEFORE: Readonly<Partial<Record<CyrillicLanguage, number>>> = {ru: 1, kk: -2}
/** More words than this share with letters that even the likeliest language lacks: it is none of them. */
const MOST_FOREIGN = 0.25
const QUOTATION = /«[^»\n]{0,100}»/gu
const TELLING_WORDS = 3
/** From this many Cyrillic letters on, a Russian text without a single ы, э or ё is not to be expected. */
const TELLING_LENGTH = 600

const BULGARIAN: LanguageBits = 1 << CYRILLIC_LANGUAGES.indexOf('bg')
const BEFORE_IOTATED = new Set(codeUnits('еёюяЕЁЮЯ'))
const RUSSIAN_LETTERS = new Set(codeUnits('ыэёЫЭЁ'))

/** What the words of a text say about its language. */
interface Evidence {
  letters: number
  cyrillic: number
  arabic: number
  cyrillicWords: number
  englishWords: number
  /** Letters ы, э, ё. */
  russianLetters: number
  /** For and against each of CYRILLIC_LANGUAGES. */
  points: number[]
  /** Words with a letter that the language lacks. */
  foreignWords: number[]
}

/** Reads words alone: addresses and names of channels are Latin in any language. */
function readEvidence(text: string): Evidence {
  const none = CYRILLIC_LANGUAGES.map(() => 0)
  const evidence = {
    letters: 0,
    cyrillic: 0,
    arabic: 0,
    cyrillicWords: 0,
    englishWords: 0,
    russianLetters: 0,
    points: [...none],
    foreignWords: none,
  }
  const scanner = new TokenScanner(text)
  while (scanner.next()) if (scanner.kind === 'word') readWord(text, scanner.start, scanner.end, evidence)
  return evidence
}

function readWord(text: string, start: number, end: number, evidence: Evidence): void {
  const before = evidence.cyrillic
  let spelledIn = ALL_LANGUAGES
  for (let at = start; at < end; at++) {
    if (!(classAt(text, at) & LETTER)) continue
    const unit = text.charCodeAt(at)
    evidence.letters++
    const languages = languagesOfLetter(unit)
    if (languages === undefined) {
      if (unit >= 0x600 && unit <= 0x6ff) evidence.arabic++
      continue
    }
    evidence.cyrillic++
    if (RUSSIAN_LETTERS.has(unit)) evidence.russianLetters++
    spelledIn &= isBulgarianVowel(text, at) ? BULGARIAN : languages
  }
  if (evidence.cyrillic > before) weighCyrillic(text, start, end, spelledIn, evidence)
  else if (end - start <= 4 && ENGLISH.has(text.slice(start, end).toLowerCase())) evidence.englishWords++
}

/** ъ stands before е, ё, ю, я in Russian; elsewhere it is the vowel of Bulgarian: `път`, `съобщи`. */
function isBulgarianVowel(text: string, at: number): boolean {
  return 'ъЪ'.includes(text.charAt(at)) && !BEFORE_IOTATED.has(text.charCodeAt(at + 1))
}

function weighCyrillic(text: string, start: number, end: number, spelledIn: LanguageBits, evidence: Evidence): void {
  evidence.cyrillicWords++
  if (spelledIn !== ALL_LANGUAGES) {
    add(evidence.points, ALL_LANGUAGES & ~spelledIn, FOREIGN_LETTER)
    add(evidence.foreignWords, ALL_LANGUAGES & ~spelledIn, 1)
  }
  const word = text.slice(start, end).toLowerCase()
  const languages = end - start <= LONGEST_FUNCTION_WORD ? LANGUAGES_OF_WORD.get(word) : undefined
  if (languages !== undefined) add(evidence.points, languages, FUNCTION_WORD)
  else if (end - start >= SHORTEST_INFLECTED) add(evidence.points, languagesOfEnding(word), ENDING)
}

function languagesOfEnding(word: string): LanguageBits {
  let languages = 0
  for (let length = 2; length <= LONGEST_ENDING; length++)
    languages |= LANGUAGES_OF_ENDING.get(word.slice(-length)) ?? 0
  return languages
}

function add(sums: number[], languages: LanguageBits, amount: number): void {
  for (let index = 0; index < sums.length; index++) if (languages & (1 << index)) sums[index]! += amount
}

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

/** For messages: `Ukrainian (uk)`. */
export function languageInWords(hint: LanguageHint): string {
  return NAMES[hint]
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
