import {splitSentences, stem, STOP_WORDS, wordsAsWritten} from '@ep23/plugin-dataset/text'

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
  const sentences = sentencesOf(text)
  const analyzed = sentences.map(sentence => ({words: sentence.map(({form}) => form), terms: termsAmong(sentence)}))
  return {
    text,
    words: analyzed.flatMap(({words}) => words),
    terms: analyzed.flatMap(({terms}) => terms),
    sentences: analyzed,
    names: new Map(sentences.flatMap(namesAmong)),
  }
}

/** The terms alone. */
function termsOf(text: string): string[] {
  return sentencesOf(text).flatMap(termsAmong)
}

type Words = ReturnType<typeof wordsAsWritten>

function sentencesOf(text: string): Words[] {
  return splitSentences(text)
    .map(sentence => wordsAsWritten(sentence.text))
    .filter(sentence => sentence.length > 0)
}

function termsAmong(words: Words): string[] {
  return words.filter(({form}) => !STOP_WORDS.has(form)).map(({written}) => stem(written))
}

function namesAmong(sentence: Words): [string, string][] {
  return sentence
    .filter(({kind}) => kind === 'word')
    .slice(1)
    .filter(({written}) => /^\p{Lu}/u.test(written) && written.length > 1)
    .map(({written}) => [stem(written), written])
}

const BLANK_LINE = /\n\s*\n/u

/** Longest passage in terms; a book's chapter without blank lines is cut into such pieces. */
const MOST_TERMS = 120

/**
 * The source's passages as lists of terms: its paragraphs (exports put a blank line between posts), long ones cut into equal
 * pieces.
 */
export function passagesOf(text: string): string[][] {
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
