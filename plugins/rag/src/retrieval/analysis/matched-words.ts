import {matchingForm, tokenize} from '@ep23/plugin-dataset/text'

import type {Analyser} from './analyser.js'
import {SEARCH_KINDS} from './search-words.js'

/** [start, end) in UTF-16 units of the text. */
export interface TextSpan {
  start: number
  end: number
}

/** The words of a text that BM25 finds a query by: those that share a term with it. */
export function matchedWords(text: string, query: string, analyser: Analyser): TextSpan[] {
  const termsOf = (token: string) => analyser.words(token).flatMap(word => word.map(({term}) => term))
  const asked = new Set(analyser.tokens(query).flatMap(termsOf))
  return tokenize(text)
    .filter(({kind}) => SEARCH_KINDS.includes(kind))
    .filter(token => termsOf(matchingForm(token.text)).some(term => asked.has(term)))
    .map(({start, end}) => ({start, end}))
}
