import {defineMessages, verbatim, type Message} from '../messages.js'
import {english} from './english.js'

/** What the sdk itself says, in both languages. */
export const words = defineMessages(english, async () => (await import('./russian.js')).russian)

/** What oclif's parser says, which knows English alone. */
export function parserMessage(sentence: string): Message {
  return {
    ...verbatim(sentence),
    in: async language => (language === 'ru' ? (await import('./russian.js')).russianOfParser(sentence) : sentence),
  }
}
