import {type Measurement} from '@ep23/statistics'

/**
 * Flesch reading ease for Russian (Oborneva 2006): 206.835 − 1.3 · words per sentence − 60.1 · syllables per word; a higher
 * number reads easier. For information, never a gate. Undefined without sentences or Cyrillic words.
 */
export function fleschRussian(sentences: readonly (readonly string[])[]): Measurement {
  const words = sentences.flat().filter(token => /\p{Script=Cyrillic}/u.test(token))
  if (sentences.length === 0 || words.length === 0) return undefined
  const syllables = words.reduce((sum, word) => sum + countVowels(word), 0)
  return 206.835 - 1.3 * (words.length / sentences.length) - 60.1 * (syllables / words.length)
}

/** In Russian a word has as many syllables as vowels. */
function countVowels(word: string): number {
  return word.match(/[аеёиоуыэюя]/giu)?.length ?? 0
}
