import {verbatim, verdictText, type Language, type Message, type Prose} from '@ep23/sdk'

import {localizedName} from '../domain/messages/names.js'

/** A verdict's word in its tone: `NO DIFFERENCE`, «БЕЗ РАЗНИЦЫ». */
export function verdictIn(verdict: string, language: Language, sentence = (word: string): string => word): Prose {
  return verdictText(verdict, word => sentence(language === 'ru' ? localizedName(verdict).ru.toUpperCase() : word))
}

/** The same for a table, whose language is chosen when it is shown. */
export function verdictCell(verdict: string, sentence = (word: Message): Message => word): Prose {
  const inRussian = localizedName(verdict).ru.toUpperCase()
  return verdictText(verdict, word =>
    sentence({...verbatim(word), in: async language => (language === 'ru' ? inRussian : word)}),
  )
}
