import {localNumbers, type Language, type Message} from '@ep23/sdk'

/** One thing said in both languages of the product; JSON takes the English one. */
export interface LocalizedText {
  ru: string
  en: string
}

/** The same as a message, for errors, warnings and tables. */
export function messageOf(text: LocalizedText): Message {
  return {english: text.en, in: async language => wordsIn(text, language), toJSON: () => text.en}
}

/** The same in one language, as a person reads it: with a comma in Russian numbers. */
export function wordsIn({ru, en}: LocalizedText, language: Language): string {
  return language === 'ru' ? localNumbers(ru, 'ru') : en
}

/** The same in both, for a page. */
export function asRead(text: LocalizedText): LocalizedText {
  return {ru: wordsIn(text, 'ru'), en: text.en}
}

/** Numbers as a person's language writes them; English keeps them as they are stored. */
export function localizedNumbers(text: string, language: Language): string {
  return wordsIn({ru: text, en: text}, language)
}

export function englishCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Sentences of both languages side by side, joined by a separator. */
export function joinTexts(parts: readonly LocalizedText[], separator: string): LocalizedText {
  return {ru: parts.map(({ru}) => ru).join(separator), en: parts.map(({en}) => en).join(separator)}
}

/** As the beginning of a sentence. */
export function capitalised({ru, en}: LocalizedText): LocalizedText {
  const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return {ru: capital(ru), en: capital(en)}
}

/** The answer to a reader's question: the headline says it, the sentences how sure it is and what would make it surer. */
export interface Answer {
  headline: LocalizedText
  sentences: readonly LocalizedText[]
}
