import {verdictText, type Language, type Prose} from '@ep23/sdk'

import {localizedName} from '../domain/messages/names.js'

/** A verdict's word in its tone: `NO DIFFERENCE`, «БЕЗ РАЗНИЦЫ». */
export function verdictIn(verdict: string, language: Language, sentence = (word: string): string => word): Prose {
  return verdictText(verdict, word => sentence(language === 'ru' ? localizedName(verdict).ru.toUpperCase() : word))
}
