/**
 * Measures of texts, on tokens, sentences, strings and numbers that the caller prepared: nothing here reads a file, knows a
 * tokenizer or decides a verdict. Every number's definition and source stands at its function; what cannot be measured is
 * `undefined`. What may be concluded from the numbers is computed in @ep23/statistics.
 *
 * - similarity/ compares a text with references; summary/ looks at one summary; facts/ at what it states
 */
export * from './facts/fact-coverage.js'
export * from './facts/faithfulness.js'
export * from './facts/number-normalization.js'
export * from './facts/quantity.js'
export * from './facts/tf-idf.js'
export * from './measure-names.js'
export * from './signature.js'
export * from './similarity/chrf.js'
export * from './similarity/overlap-score.js'
export * from './similarity/rouge-l.js'
export * from './similarity/rouge-lsum.js'
export * from './similarity/rouge-n.js'
export * from './summary/cyrillic-share.js'
export * from './summary/distinct-n.js'
export * from './summary/extractive-fragments.js'
export * from './summary/markdown-structure.js'
export * from './summary/readability.js'
export * from './summary/self-bleu.js'
export * from './summary/sentence-redundancy.js'
export * from './summary/text-length.js'
