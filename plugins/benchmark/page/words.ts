import {createContext} from 'preact'
import {useContext} from 'preact/hooks'

import {inlined} from './load.js'

export type Language = 'ru' | 'en'

// Both languages are data of the page, so that the choice takes no reload.
const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ru: wordsOf('ru'),
  en: wordsOf('en'),
}

function wordsOf(language: Language): Readonly<Record<string, string>> {
  return inlined<Record<string, string>>(`words/${language}`) ?? {}
}

export const LanguageContext = createContext<Language>('ru')

export interface Speech {
  language: Language
  say: (word: string) => string
  /** A number with so many decimals; a dash for none. */
  number: (value: number | null | undefined, decimals?: number) => string
  /** With a plus where it rose. */
  signed: (value: number | null | undefined) => string
  bounds: (low: number | null, high: number | null) => string
  day: (iso: string) => string
  days: (count: number) => string
  /** Who wrote a digest, and whether that was for the run. */
  by: (written: {writer: string; anew: boolean}) => string
  time: (iso: string) => string
}

/** Words, numbers and dates in the language of the page; names that the table does not know stay as they are. */
export function useSpeech(): Speech {
  const language = useContext(LanguageContext)
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  const number: Speech['number'] = (value, decimals = 3) =>
    typeof value === 'number' ? decimal(locale, decimals).format(value).replace('-', '−') : '—'
  const say: Speech['say'] = word => (Object.hasOwn(WORDS[language], word) ? (WORDS[language][word] ?? word) : word)
  return {
    language,
    say,
    number,
    signed: value => `${typeof value === 'number' && value > 0 ? '+' : ''}${number(value)}`,
    bounds: (low, high) => (low === null || high === null ? '—' : `${number(low)} … ${number(high)}`),
    day: iso => DATES[language].day.format(new Date(`${iso}T12:00:00Z`)),
    days: count => new Intl.NumberFormat(locale, {style: 'unit', unit: 'day', unitDisplay: 'long'}).format(count),
    by: ({writer, anew}) => (anew ? `${writer}, ${say('anew')}` : writer),
    time: iso => DATES[language].time.format(new Date(iso)),
  }
}

// A formatter takes longer to make than to use, and a list of runs needs thousands of numbers and dates.
const decimals = new Map<string, Intl.NumberFormat>()
const DATES = {ru: datesIn('ru-RU'), en: datesIn('en-GB')}

function decimal(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`
  const options = {minimumFractionDigits: digits, maximumFractionDigits: digits}
  const found = decimals.get(key) ?? new Intl.NumberFormat(locale, options)
  decimals.set(key, found)
  return found
}

function datesIn(locale: string): Record<'day' | 'time', Intl.DateTimeFormat> {
  const timeZone = 'Europe/Moscow'
  return {
    day: new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short', year: 'numeric', timeZone}),
    time: new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short', timeZone}),
  }
}
