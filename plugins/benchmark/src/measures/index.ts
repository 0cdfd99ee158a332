/**
 * Measures of texts, on tokens, sentences, strings and numbers that the caller prepared: nothing here reads a file, knows a
 * tokenizer or decides a verdict. Every number's definition and source stands at its function; what cannot be measured is
 * `undefined`. What may be concluded from the numbers is computed in @ep23/statistics.
 */
export * from './chrf.js'
export * from './extractive-fragments.js'
export * from './fact-coverage.js'
export * from './faithfulness.js'
export * from './markdown-structure.js'
export * from './quantities.js'
export * from './repetition.js'
export * from './rouge.js'
export * from './signature.js'
