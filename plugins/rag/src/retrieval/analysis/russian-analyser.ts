import {STOP_WORDS, stem, textSignature} from '@ep23/plugin-dataset/text'

import type {Analyser, IndexedWord} from './analyser.js'
import {mendLookalikes} from './lookalikes.js'
import {QUESTION_WORDS} from './question-words.js'
import {SEARCH_KINDS, SEARCH_VERSION, searchTokens, searchWords} from './search-words.js'

export interface RussianAnalyserOptions {
  /** Snowball stems instead of whole words. Default true. */
  stem?: boolean
  /** Letters of the prefix that goes beside the stem, 0 for none. Default 4. */
  prefixLength?: number
  /** Leave out the Snowball stop words and the interrogatives. Default true. */
  stopWords?: boolean
}

const IGNORED: ReadonlySet<string> = new Set([...STOP_WORDS, ...QUESTION_WORDS])
const CYRILLIC = /^[\u0400-\u04ff]+$/

/**
 * Two views of each word: its Snowball stem and its first letters (`новостями` → `новост`, `ново*`). The stem is exact, the
 * prefix also brings together what the stemmer leaves apart (`Америка` and `американский`). A word without a prefix of its own
 * (Latin, a number, shorter than the prefix) has one term with the weight of two, so that it counts as much as others. Capitals
 * make no difference: people search without them, so abbreviations are stemmed as words are.
 */
export function russianAnalyser(options: RussianAnalyserOptions = {}): Analyser {
  const {stem: stemmed = true, prefixLength = 4, stopWords = true} = options
  const whole = stemmed ? stem : (word: string) => word
  const core = textSignature({kinds: SEARCH_KINDS, stem: stemmed, stopWords})
  return {
    signature: `ru|${core}|search:${SEARCH_VERSION}|prefix:${prefixLength}`,
    tokens: searchTokens,
    words(token) {
      const words = searchWords(token).map(mendLookalikes)
      const kept = stopWords ? words.filter(word => !IGNORED.has(word)) : words
      return kept.map(word => viewsOf(word, whole(word), prefixLength))
    },
  }
}

/** The asterisk keeps prefixes apart from stems that look the same. */
function viewsOf(word: string, whole: string, prefixLength: number): IndexedWord {
  if (prefixLength === 0) return [{term: whole, weight: 1}]
  if (word.length < prefixLength || !CYRILLIC.test(word)) return [{term: whole, weight: 2}]
  return [
    {term: whole, weight: 1},
    {term: `${word.slice(0, prefixLength)}*`, weight: 1},
  ]
}
