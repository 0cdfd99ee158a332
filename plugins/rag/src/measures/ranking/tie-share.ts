import type {Run} from './judgements.js'

export interface TieShare {
  /** Share of the retrieved documents whose score another document of the same query has too. */
  documents: number
  /** Share of the queries with at least one such pair. */
  queries: number
}

/** How much of a run's order is made by the tie-break rather than by its scores. An empty run has no ties. */
export function tieShare(run: Run): TieShare {
  let [documents, tied, queriesWithTies] = [0, 0, 0]
  for (const ranking of run.values()) {
    const inQuery = countTied(ranking.map(({score}) => score))
    documents += ranking.length
    tied += inQuery
    if (inQuery > 0) queriesWithTies++
  }
  return {documents: documents > 0 ? tied / documents : 0, queries: run.size > 0 ? queriesWithTies / run.size : 0}
}

function countTied(scores: readonly number[]): number {
  const sorted = Float64Array.from(scores).sort()
  return sorted.filter((score, i) => score === sorted[i - 1] || score === sorted[i + 1]).length
}
