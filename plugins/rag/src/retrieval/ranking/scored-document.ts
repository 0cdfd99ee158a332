import {compareBytes} from './byte-order.js'

export interface ScoredDocument {
  readonly id: string
  readonly score: number
}

/** Best first, as `trec_eval` reads a run: score descending, equal scores by id descending by UTF-8 bytes. */
export function compareTrec(a: ScoredDocument, b: ScoredDocument): number {
  return b.score - a.score || compareBytes(b.id, a.id)
}

/** A copy in the order of `compareTrec`. Ranks written beside the scores are ignored on purpose, as in trec_eval. */
export function inTrecOrder(documents: readonly ScoredDocument[]): ScoredDocument[] {
  return documents.toSorted(compareTrec)
}
