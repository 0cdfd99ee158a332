import {TEXT_VERSION} from '@ep23/plugin-dataset/text'
import {stemmer} from 'stemmer'

import type {Analyser} from './analyser.js'
import {ENGLISH_STOP_WORDS} from './english-stop-words.js'
import {SEARCH_VERSION, searchTokens, searchWords} from './search-words.js'

const POSSESSIVE = /'s$/

export interface EnglishAnalyserOptions {
  /** Porter stems instead of whole words. Default true. */
  stem?: boolean
  /** Leave the stop words out. Default true. */
  stopWords?: boolean
}

/**
 * Words without stop words, brought to their Porter stems (Porter 1980 with the author's later changes; @orama/stemmers gets its
 * step for `-ion` wrong), possessive `'s` cut off. The stems need no prefixes beside them: English has few endings.
 */
export function englishAnalyser({stem = true, stopWords = true}: EnglishAnalyserOptions = {}): Analyser {
  return {
    signature: `en|tok:${TEXT_VERSION}|search:${SEARCH_VERSION}|stem:${stem ? 'porter' : 'no'}|stop:${stopWords ? 'en-1' : 'no'}`,
    tokens: searchTokens,
    words(token) {
      const words = searchWords(token.replace(POSSESSIVE, ''))
      const kept = stopWords ? words.filter(word => !ENGLISH_STOP_WORDS.has(word)) : words
      return kept.map(word => [{term: stem ? stemmer(word) : word, weight: 1}])
    },
  }
}
