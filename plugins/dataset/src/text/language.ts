import {LETTER, classAt, codeUnits} from './character-classes.js'
import {TokenScanner} from './token-scanner.js'

/**
 * What a text seems to be written in: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, another language
 * in Cyrillic letters, or `other` for a text that is mostly not Cyrillic or has no letters.
 */
export type LanguageHint = 'ru' | 'uk' | 'be' | 'bg' | 'sr' | 'mk' | 'cyrillic' | 'other'

/** Letters that tell languages apart. */
const TELLTALES = {
  russian: 'ыэё',
  ukrainian: 'їєґ',
  dottedI: 'і',
  shortU: 'ў',
  hardSign: 'ъ',
  serbian: 'јљњћђџ',
  macedonian: 'ѓќѕ',
  turkic: 'әғқңөұүһҫҙҡ',
}

type Telltale = keyof typeof TELLTALES

/** By code unit, small letters and capitals. */
const TELLTALE_OF: ReadonlyMap<number, Telltale> = new Map(
  Object.entries(TELLTALES).flatMap(([name, letters]) =>
    codeUnits(letters + letters.toUpperCase()).map(unit => [unit, name as Telltale] as const),
  ),
)

/** From this many Cyrillic letters on, a Russian text without a single ы, э or ё is not to be expected. */
const TELLING_LENGTH = 600

interface LetterCounts {
  cyrillic: number
  all: number
  telltales: Record<Telltale, number>
}

function isCyrillic(unit: number): boolean {
  return unit >= 0x400 && unit <= 0x52f
}

/** Counts in words alone: addresses and names of channels are Latin in any language. */
function countLetters(text: string): LetterCounts {
  const telltales = {russian: 0, ukrainian: 0, dottedI: 0, shortU: 0, hardSign: 0, serbian: 0, macedonian: 0, turkic: 0}
  const counts = {cyrillic: 0, all: 0, telltales}
  const scanner = new TokenScanner(text)
  while (scanner.next())
    if (scanner.kind === 'word') for (let at = scanner.start; at < scanner.end; at++) countLetter(text, at, counts)
  return counts
}

function countLetter(text: string, at: number, counts: LetterCounts): void {
  if (!(classAt(text, at) & LETTER)) return
  counts.all++
  const unit = text.charCodeAt(at)
  if (!isCyrillic(unit)) return
  counts.cyrillic++
  const telltale = TELLTALE_OF.get(unit)
  if (telltale) counts.telltales[telltale]++
}

/** Share of Cyrillic among the letters of a text's words, from 0 to 1; 0 for a text without words. */
export function cyrillicShare(text: string): number {
  const {cyrillic, all} = countLetters(text)
  return all === 0 ? 0 : cyrillic / all
}

/**
 * A guess by letters that only some languages have; a foreign name or two in a Russian text does not change it. A text
 * too short to tell counts as Russian. A hint for warnings, no language identification.
 */
export function languageHint(text: string): LanguageHint {
  const counts = countLetters(text)
  if (counts.cyrillic === 0 || counts.cyrillic < counts.all / 2) return 'other'
  return neighbourHint(counts) ?? (isTooTellingToBeRussian(counts) ? 'cyrillic' : 'ru')
}

function neighbourHint({cyrillic, telltales}: LetterCounts): LanguageHint | undefined {
  const share = (telltale: Telltale) => telltales[telltale] / cyrillic
  if (share('turkic') > 0.01) return 'cyrillic'
  if (share('serbian') + share('macedonian') > 0.01) return telltales.macedonian > 0 ? 'mk' : 'sr'
  if (share('dottedI') + share('ukrainian') > 0.01) return telltales.shortU > telltales.ukrainian ? 'be' : 'uk'
  if (telltales.hardSign >= 3 && share('hardSign') > 0.008 && telltales.russian === 0) return 'bg'
  return undefined
}

function isTooTellingToBeRussian({cyrillic, telltales}: LetterCounts): boolean {
  return cyrillic >= TELLING_LENGTH && telltales.russian === 0
}
