import {matchingForm, splitSentences, stem, STOP_WORDS, tokenize, words} from '@ep23/plugin-dataset/text'

/** What the lexical judge looks at in one text. */
export interface AnalyzedText {
  text: string
  /** Matching forms of words and numbers. */
  words: string[]
  /** Stems without stop words, in order. */
  terms: string[]
  sentences: {words: string[]; terms: string[]}[]
  /** Stems of words with a capital that no sentence begins with. */
  names: Map<string, string>
}

export function analyzeText(text: string): AnalyzedText {
  const sentences = splitSentences(text).map(sentence => sentence.text)
  const analyzed = sentences.map(sentence => ({words: words(sentence), terms: termsOf(sentence)}))
  const spoken = analyzed.filter(sentence => sentence.words.length > 0)
  return {
    text,
    words: spoken.flatMap(sentence => sentence.words),
    terms: spoken.flatMap(sentence => sentence.terms),
    sentences: spoken,
    names: new Map(sentences.flatMap(namesOf)),
  }
}

function termsOf(text: string): string[] {
  return tokenize(text)
    .filter(({kind, text: token}) => (kind === 'word' || kind === 'number') && !STOP_WORDS.has(matchingForm(token)))
    .map(token => stem(token.text))
}

function namesOf(sentence: string): [string, string][] {
  return tokenize(sentence)
    .filter(({kind}) => kind === 'word')
    .slice(1)
    .filter(({text}) => /^\p{Lu}/u.test(text) && text.length > 1)
    .map(({text}) => [stem(text), text])
}

const BLANK_LINE = /\n\s*\n/u

/** Longest passage in terms; a book's chapter without blank lines is cut into such pieces. */
const MOST_TERMS = 120

/**
 * The source's passages as lists of terms: its paragraphs (exports put a blank line between posts), long ones cut into equal
 * pieces.
 */
export function passagesOf(text: string, termsOf: (text: string) => string[]): string[][] {
  return text
    .split(BLANK_LINE)
    .map(termsOf)
    .filter(terms => terms.length > 0)
    .flatMap(cutEvenly)
}

function cutEvenly(terms: string[]): string[][] {
  const pieces = Math.ceil(terms.length / MOST_TERMS)
  const size = Math.ceil(terms.length / pieces)
  return Array.from({length: pieces}, (_, piece) => terms.slice(piece * size, (piece + 1) * size))
}
