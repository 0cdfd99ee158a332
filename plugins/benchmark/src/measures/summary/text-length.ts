import {type Measurement} from '@ep23/statistics'

export interface TextLength {
  /** Code points, white space included. */
  characters: number
  words: number
  sentences: number
  wordsPerSentence: Measurement
}

/** Lengths of a text and of its sentences, given as tokens. */
export function textLength(text: string, sentences: readonly (readonly string[])[]): TextLength {
  const words = sentences.reduce((sum, sentence) => sum + sentence.length, 0)
  return {
    characters: Array.from(text).length,
    words,
    sentences: sentences.length,
    wordsPerSentence: sentences.length > 0 ? words / sentences.length : undefined,
  }
}
