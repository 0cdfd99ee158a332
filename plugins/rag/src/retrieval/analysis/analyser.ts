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
