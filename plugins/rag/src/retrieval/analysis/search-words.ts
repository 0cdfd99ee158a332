import {type TokenKind, words} from '@ep23/plugin-dataset/text'

/** Goes up with every change that can change a word. */
export const SEARCH_VERSION = 1
/** Addresses and emoji are nothing people search for. */
export const SEARCH_KINDS: readonly TokenKind[] = ['word', 'number', 'hashtag', 'mention']

/** The tokens of the text core that people search for, in matching form. */
export function searchTokens(text: string): string[] {
  return words(text, {kinds: SEARCH_KINDS})
}

/**
 * A token as people type it into a search: the parts of compounds, ranges and tags one by one (`COVID-19`, `1990–1995`,
 * `#новости_дня`), without apostrophes and per cent signs, decimals with a dot.
 */
export function searchWords(token: string): string[] {
  return token
    .replaceAll("'", '')
    .replaceAll(',', '.')
    .split(/[-_#@%‰]/)
    .filter(part => part !== '')
}
