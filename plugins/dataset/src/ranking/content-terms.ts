import {STOP_WORDS, TELEGRAM_NOISE, stem, stemmedWords} from '../text/index.js'

const EMPTY_TERMS: ReadonlySet<string> = new Set([...STOP_WORDS, ...TELEGRAM_NOISE].map(word => stem(word)))

/** The stems of a text that carry meaning: no stop words, nothing that channels say of themselves. */
export function contentTerms(text: string): string[] {
  return stemmedWords(text).filter(term => !EMPTY_TERMS.has(term))
}
