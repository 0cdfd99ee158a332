import {defineMessages, verbatim, type Message} from '../messages.js'
import {english} from './english.js'
import type {ParserFacts} from './russian.js'

/** What the sdk itself says, in both languages. */
export const words = defineMessages(english, async () => (await import('./russian.js')).russian)

/** What oclif's parser says, which knows English alone; in Russian it is made of the facts that its error has. */
export function parserMessage(sentence: string, {flags, args}: ParserFacts): Message {
  const russian = async (): Promise<string> => (await import('./russian.js')).russianOfParser(sentence, {flags, args})
  return {...verbatim(sentence), in: async language => (language === 'ru' ? russian() : sentence)}
}
