const CYRILLIC = 'авекмнорстух'
const LATIN = 'abekmhopctyx'

const TO_LATIN = new Map(Array.from(CYRILLIC).map((letter, i) => [letter, LATIN[i]!]))
const TO_CYRILLIC = new Map(Array.from(LATIN).map((letter, i) => [letter, CYRILLIC[i]!]))

const MIXED = /[a-z].*[а-я]|[а-я].*[a-z]/

/**
 * Mends a lower-case word that mixes Latin and Cyrillic letters of the same look, as keyboards and evaders of filters make them
 * (`cредние` with a Latin c, `сopy` with a Cyrillic с): the rarer alphabet gives way, when every letter of it has a lookalike.
 * Other words, also true mixtures such as `3dшный`, stay.
 */
export function mendLookalikes(word: string): string {
  if (!MIXED.test(word)) return word
  const latin = word.match(/[a-z]/g)!
  const cyrillic = word.match(/[а-я]/g)!
  const [rarer, twins] = latin.length <= cyrillic.length ? [latin, TO_CYRILLIC] : [cyrillic, TO_LATIN]
  if (!rarer.every(letter => twins.has(letter))) return word
  return word.replace(/[a-zа-я]/g, letter => (rarer.includes(letter) ? twins.get(letter)! : letter))
}
