import type {Message} from '@ep23/sdk'

import type {LanguageHint} from '../text/index.js'
import {message} from '../words/words.js'

const NAMES: Readonly<Record<LanguageHint, Message>> = {
  ru: message('inRussian'),
  uk: message('inUkrainian'),
  be: message('inBelarusian'),
  bg: message('inBulgarian'),
  sr: message('inSerbian'),
  mk: message('inMacedonian'),
  kk: message('inKazakh'),
  en: message('inEnglish'),
  ar: message('inArabic'),
  cyrillic: message('otherCyrillic'),
  other: message('otherLanguage'),
}

/** For messages: `Ukrainian (uk)`. */
export function languageInWords(hint: LanguageHint): Message {
  return NAMES[hint]
}
