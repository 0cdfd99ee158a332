import {type TokenKind, words, matchingForm, tokenize} from '@ep23/plugin-dataset/text'

export interface WeightedTerm {
  readonly term: string
  /** How much a match counts in a query; documents are indexed without it. */
  readonly weight: number
}

/** One word as the index sees it: at least one term. */
export type IndexedWord = readonly WeightedTerm[]

/** Turns text into what the index holds. Queries and documents must go through the same one. */
export interface Analyser {
  /** All that the terms depend on: an index is refused by an analyser with another signature. */
  readonly signature: string
  /** The tokens of a text, in order and in matching form. */
  tokens(text: string): string[]
  /**
   * The words a token stands for: none when it is ignored, several when it is a compound. They depend on the token alone, so
   * that callers can remember them; the number of words is what counts as the length of a document.
   */
  words(token: string): readonly IndexedWord[]
}

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
