import {TEXT_VERSION} from '@ep23/plugin-dataset/text'
import {stemmer} from 'stemmer'
import {type Analyser, SEARCH_VERSION, searchTokens, searchWords} from './analyser.js'

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

/** Function words of English: articles, pronouns, prepositions, conjunctions, auxiliary verbs. */
const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the i me my we us our ours you your yours he him his she her hers it its they them their theirs this that these those ' +
    'who whom whose which what when where why how am is are was were be been being have has had having do does did doing ' +
    'can could may might must shall should will would not no nor and or but if then than as at by for from in into of off on ' +
    'onto out over to up down with within without about above after again against all also any before below between both ' +
    'during each few further here more most once only other own same so some such there through too under until very while'
  ).split(' '),
)
