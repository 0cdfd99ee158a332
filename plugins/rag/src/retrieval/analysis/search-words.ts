import {type TokenKind, words} from '@ep23/plugin-dataset/text'

/** Goes up with every change that can change a word. */
export const SEARCH_VERSION = 1
/** Addresses and emoji are nothing people search for. */
export const SEARCH_KINDS: readonly TokenKind[] = ['word', 'number', 'hashtag', 'mention']

const JOINED = /[-_'#@%‰]/

/**
 * The words of the text core as people type them into a search: the parts of compounds, ranges and tags one by one (`COVID-19`,
 * `1990–1995`, `#новости_дня`), apostrophes and per cent signs gone, decimals with a dot.
 */
export function searchWords(text: string): string[] {
  return words(text, {kinds: SEARCH_KINDS}).flatMap(word => (JOINED.test(word) ? parts(word) : plainNumber(word)))
}

function parts(word: string): string[] {
  return word
    .replaceAll("'", '')
    .split(/[-_#@%‰]/)
    .filter(part => part !== '')
    .map(plainNumber)
}

function plainNumber(word: string): string {
  return word.includes(',') ? word.replaceAll(',', '.') : word
}
