import {verbatim, type Message} from '../messages.js'
import type {Language} from '../settings.js'
import type {Ep23Error} from './errors.js'
import {systemError} from './system-errors.js'

/**
 * What a caught error says, to be a part of another message: an error of ep23 in both languages, the operating system's refusals and
 * what JSON's parser says in Russian, too; of anything else its own words.
 * @example badDataError('BAD', message('unreadable', {path, problem: errorMessage(error)}))
 */
export function errorMessage(thrown: unknown): Message {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return {...verbatim(error.message), in: async language => messageIn(error, language)}
}

async function messageIn(error: Error & Partial<Pick<Ep23Error, 'in'>>, language: Language): Promise<string> {
  if (language === 'en') return error.message
  const known = error.in === undefined ? systemError(error) : (error as Ep23Error)
  if (known) return (await known.in(language)).message
  return (await import('../words/russian.js')).russianOfNode(error.message)
}

/** What a caught error advises, in both languages where it is ours. */
export function errorAdvice(thrown: unknown): Message[] {
  const {suggestions = [], in: inLanguage} = thrown as Partial<Ep23Error>
  return suggestions.map((english, index) => ({
    ...verbatim(english),
    in: async language => (await inLanguage?.call(thrown as Ep23Error, language))?.suggestions[index] ?? english,
  }))
}
