import type {ScoredDocument} from '../../retrieval/ranking.js'

/** Document id → relevance of one query: whole numbers, 0 and below is not relevant. */
export type Judgements = ReadonlyMap<string, number>

/** Query id → its judgements. */
export type Qrels = ReadonlyMap<string, Judgements>

/** Query id → what was retrieved, in any order: measures sort it themselves. */
export type Run = ReadonlyMap<string, readonly ScoredDocument[]>

/** What the measures of one query need. */
export interface JudgedRanking {
  /** Relevance of the document at each rank, in trec order; undefined where it was never judged. */
  relevances: readonly (number | undefined)[]
  /** All judged relevances of the query, highest first. */
  ideal: readonly number[]
}

/** @param ranked in trec order (`inTrecOrder`). */
export function judgeRanking(ranked: readonly ScoredDocument[], judgements: Judgements): JudgedRanking {
  return {
    relevances: ranked.map(({id}) => judgements.get(id)),
    ideal: [...judgements.values()].sort((a, b) => b - a),
  }
}
