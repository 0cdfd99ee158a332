import {LETTER, classAt, codeUnits} from './character-classes.js'
import {
  ALL_LANGUAGES,
  CYRILLIC_LANGUAGES,
  LANGUAGES_OF_ENDING,
  LANGUAGES_OF_WORD,
  type LanguageBits,
  languagesOfLetter,
} from './language-words.js'
import {TokenScanner} from './token-scanner.js'

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
const BULGARIAN: LanguageBits = 1 << CYRILLIC_LANGUAGES.indexOf('bg')
const BEFORE_IOTATED = new Set(codeUnits('еёюяЕЁЮЯ'))
const RUSSIAN_LETTERS = new Set(codeUnits('ыэёЫЭЁ'))

/** What the words of a text say about its language. */
export interface Evidence {
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
export function readEvidence(text: string): Evidence {
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
  for (let index = 0; index < sums.length; index++)
    if (languages & (1 << index)) sums[index] = (sums[index] ?? 0) + amount
}
