import {lexRank} from '../../ranking/lex-rank.js'
import {termVectors} from '../../ranking/term-vectors.js'

export type SentenceScores<T = PlacedSentence> = ReadonlyMap<T, number>

export interface PlacedSentence {
  /** Place in its post, from 0. */
  place: number
}

/**
 * Scores of sentences given with their terms: LexRank over all of them, where a sentence further down its post counts less,
 * 1 / place. bench/summaries.ts measures it against the editors' own summaries and against the first three sentences.
 */
export function scoreSentences<T extends PlacedSentence>(
  termsOf: ReadonlyMap<T, readonly string[]>,
): SentenceScores<T> {
  const centrality = lexRank(termVectors([...termsOf.values()]))
  return new Map(
    [...termsOf.keys()].map((sentence, index) => [sentence, (centrality[index] ?? 0) / (1 + sentence.place)]),
  )
}
