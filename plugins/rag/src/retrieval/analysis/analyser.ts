export interface WeightedTerm {
  readonly term: string
  /** How much a match counts in a query; documents are indexed without it. */
  readonly weight: number
}

/** Turns text into what the index holds. Queries and documents must go through the same one. */
export interface Analyser {
  /** All that the terms depend on: an index is refused by an analyser with another signature. */
  readonly signature: string
  /** The words of a text, in order and in matching form, without stop words. Their number is the length of the document. */
  words(text: string): string[]
  /** The terms of one word of `words`: of the word alone, so that they can be remembered. */
  terms(word: string): readonly WeightedTerm[]
}
