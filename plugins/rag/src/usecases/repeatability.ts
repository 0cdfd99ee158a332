import {kendallTauB, type QueryScores, rankBiasedOverlap, varianceRatio} from '@ep23/statistics'

import type {Range} from '../domain/tuning-result.js'
import type {ScoredDocument} from '../retrieval/ranking.js'
import type {RankedQueries} from './rank-queries.js'

/** `varianceRatio`, as the report holds it. */
export interface MeasuredRatio {
  ratio: Range & {units: number; seed: number; resamples: number; confidence: number}
  betweenRuns: number
  betweenDocuments: number
  runs: number
  queries: number
  pairs: number
  unmeasuredPairs: number
}

export interface Repeatability {
  runs: number
  /** Mean RBO (p = 0.9) of the rankings that were served, of pairs of runs and queries with a usable reply; null when there is none. */
  rbo: number | null
  /** Mean Kendall tau-b of the same pairs, over the documents that both runs have. */
  tau_b: number | null
  /** 1 − ICC(1) with its 99 % interval; null with fewer than three runs, too few measured pairs, or scores that never vary at all. */
  variance_ratio: MeasuredRatio | null
}

/** How far repeated runs agree, over the documents that are handed on (`delivered` of each query). */
export function measureRepeatability(
  repeats: readonly RankedQueries[],
  delivered: number,
  seed: number,
): Repeatability {
  const pairs = pairsOfRuns(repeats, delivered)
  return {
    runs: repeats.length,
    rbo: meanOf(pairs.map(([a, b]) => rankBiasedOverlap(idsOf(a), idsOf(b)))),
    tau_b: meanOf(pairs.map(([a, b]) => tauOfShared(a, b))),
    variance_ratio: repeats.length < 3 ? null : ratioOf(scoresByQuery(repeats, delivered), seed),
  }
}

// At 0.95 about 95 of 100 intervals hold the truth, so that every other hundred has fewer; a bar of promotions should not.
const RATIO_CONFIDENCE = 0.99

function ratioOf(scores: readonly QueryScores[], seed: number): MeasuredRatio | null {
  const runs = scores.find(documents => documents.length > 0)?.[0]?.length ?? 0
  const found = varianceRatio(scores, {seed, confidence: RATIO_CONFIDENCE})
  const {estimate, low, high, resamples = 0, confidence, measured: queries} = found
  if (estimate === undefined || low === undefined || high === undefined) return null
  return {
    ratio: {estimate, low, high, units: queries, seed, resamples, confidence},
    betweenRuns: found.runVariance ?? 0,
    betweenDocuments: found.documentVariance ?? 0,
    runs,
    queries,
    pairs: found.documents,
    unmeasuredPairs: found.unmeasuredDocuments,
  }
}

type Ranking = readonly ScoredDocument[]

function pairsOfRuns(repeats: readonly RankedQueries[], delivered: number): [Ranking, Ranking][] {
  const pairs: [Ranking, Ranking][] = []
  for (const [i, first] of repeats.entries())
    for (const second of repeats.slice(i + 1))
      for (const [query, ranking] of first.run) {
        // Without a reply the first stage's order is served: a user sees the difference. Twice the same order is no merit of the reranker.
        if (isFallback(first, query) && isFallback(second, query)) continue
        pairs.push([ranking.slice(0, delivered), (second.run.get(query) ?? []).slice(0, delivered)])
      }
  return pairs
}

function tauOfShared(a: Ranking, b: Ranking): number | undefined {
  const other = new Map(b.map(({id, score}) => [id, score]))
  const shared = a.flatMap(({id, score}) => {
    const again = other.get(id)
    return again === undefined ? [] : [{score, again}]
  })
  return kendallTauB(
    shared.map(({score}) => score),
    shared.map(({again}) => again),
  )
}

// A reranker's scores are what varies; without one the first stage's own.
function scoresByQuery(repeats: readonly RankedQueries[], delivered: number): readonly QueryScores[] {
  const [first] = repeats
  return Array.from(first?.run ?? [], ([query, ranking]) => {
    const scores = repeats.map(repeat => scoresOf(repeat, query))
    const ids = first?.reranked.size === 0 ? idsOf(ranking.slice(0, delivered)) : candidatesOf(repeats, query)
    return ids.map(id => scores.map(run => run?.get(id)))
  })
}

function scoresOf({run, reranked}: RankedQueries, query: string): ReadonlyMap<string, number> | undefined {
  if (reranked.size > 0) return reranked.get(query)?.scores
  return new Map(run.get(query)?.map(({id, score}) => [id, score]))
}

function candidatesOf(repeats: readonly RankedQueries[], query: string): string[] {
  return [...new Set(repeats.flatMap(({reranked}) => [...(reranked.get(query)?.candidates ?? [])]))]
}

function isFallback({reranked}: RankedQueries, query: string): boolean {
  return reranked.has(query) && reranked.get(query)?.scores === undefined
}

const idsOf = (ranking: Ranking): string[] => ranking.map(({id}) => id)

function meanOf(values: readonly (number | undefined)[]): number | null {
  const measured = values.filter(value => value !== undefined)
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0) / measured.length
}
