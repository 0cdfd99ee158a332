import type {Query} from '../../formats/corpus.js'
import type {Qrels} from '../../measures/ranking/judgements.js'
import {type Search, fuseReciprocalRanks} from '../../retrieval/fusion.js'
import type {PooledQuery} from './labelling.js'

export interface PoolOptions {
  /** The best of each search that are shown. */
  depth: number
  judged: Qrels
  /** Whether a document can be shown. */
  has: (document: string) => boolean
}

/**
 * The documents that are to be judged for each query: the best ones of every search together, as TREC pools runs (Spärck Jones and
 * van Rijsbergen 1975), and those that were judged before. A query for which nothing is found has no pool and is left out.
 */
export function poolQueries(
  queries: readonly Query[],
  searches: readonly Search[],
  {depth, judged, has}: PoolOptions,
): PooledQuery[] {
  return queries.flatMap(({id, text}) => {
    const found = fuseReciprocalRanks(searches.map(search => search(text, depth))).map(document => document.id)
    const before = [...(judged.get(id)?.keys() ?? [])].filter(has)
    const documents = [...new Set([...found, ...before])]
    return documents.length === 0 ? [] : [{id, text, documents}]
  })
}
