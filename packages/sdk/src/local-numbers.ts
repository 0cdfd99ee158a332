import {verbatim, type Message} from './messages.js'
import type {Language} from './settings.js'

/** A number of its own: no part of a name, a version, an address, a day or a time. */
const NUMBER = /(?<![\w.:/@#]|\w-)(\d+)(\.\d+)?(?![\w/@]|[.:-]\d)/gu

/**
 * The numbers in a text as a language writes them. The one rule for numbers that people read: tables apply it to their columns of
 * numbers by themselves.
 * @param text numbers and signs, rounded as they are to be shown, with a point and ungrouped
 * @example localNumbers('12345.60', 'ru') // '12 345,60'
 * @example localNumbers('0.712 [0.690, 0.734]', 'ru') // '0,712 [0,690; 0,734]'
 */
export function localNumbers(text: string, language: Language): string {
  if (language === 'en')
    return text.replaceAll(NUMBER, (_, whole: string, part = '') => `${grouped(whole, 'en')}${part}`)
  return text
    .replaceAll(/(?<=\[[^\]]*\d), (?=[^[]*\])/gu, '; ')
    .replaceAll(NUMBER, (_, whole: string, part = '') => `${grouped(whole, 'ru')}${String(part).replace('.', ',')}`)
}

/** The same as a message. */
export function numbersMessage(text: string): Message {
  return {...verbatim(text), in: async language => localNumbers(text, language)}
}

const SEPARATORS: Readonly<Record<Language, string>> = {en: ',', ru: '\u00a0'}

/** Digits in groups of three. Not by `Intl`: a locale's rules take a third of an empty Node's time to load. */
function grouped(whole: string, language: Language): string {
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, SEPARATORS[language])
}
