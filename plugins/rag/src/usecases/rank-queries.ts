import {type Clock, nextTurn} from '@ep23/sdk'
import type {FallbackReason, Reranker} from '../domain/model-ports.js'
import type {Query} from '../formats/corpus.js'
import {type ScoredDocument, compareTrec} from '../retrieval/ranking.js'

export interface RankDeps {
  clock: Clock
  signal: AbortSignal
  /** The first stage: at most `limit` documents, best first. */
  search: (query: string, limit: number) => ScoredDocument[]
  /** Text of a document, for the reranker. */
  textOf: (id: string) => string
  reranker: Reranker | undefined
  onFallback: (reason: FallbackReason, detail: string) => void
  onQuery: (done: number) => void
}

export interface RankOptions {
  /** Documents that a ranking has at most. */
  depth: number
  /** Of them, how many the reranker sees. */
  candidates: number
  /** Documents that are handed on; the rest of the ranking is cut off. Absent: all. */
  cut?: number
  /** Number of the repetition, from 0. */
  run: number
}

interface Reranked {
  /** Ids of the documents that it was to score. */
  candidates: readonly string[]
  /** Undefined where the reply could not be used. */
  scores: ReadonlyMap<string, number> | undefined
}

export interface RankedQueries {
  run: Map<string, ScoredDocument[]>
  /** Query id → what the reranker was asked for and said. Empty without a reranker. */
  reranked: Map<string, Reranked>
  /** Of each query, in their order. */
  seconds: number[]
}

const QUERIES_A_TURN = 32

/** Answers all queries once, one after the other, so that their latencies do not disturb each other. */
export async function rankQueries(
  deps: RankDeps,
  queries: readonly Query[],
  options: RankOptions,
): Promise<RankedQueries> {
  const ranked: RankedQueries = {run: new Map(), reranked: new Map(), seconds: []}
  for (const [place, query] of queries.entries()) {
    // Without a reranker nothing is waited for, and Ctrl-C would not be heard.
    if (place % QUERIES_A_TURN === 0) await nextTurn(deps.signal)
    deps.signal.throwIfAborted()
    const start = deps.clock.monotonic()
    await rankQuery(deps, query, options, ranked)
    ranked.seconds.push(deps.clock.monotonic() - start)
    deps.onQuery(place + 1)
  }
  return ranked
}

async function rankQuery(
  {search, textOf, reranker, onFallback}: RankDeps,
  {id, text}: Query,
  {depth, candidates, cut, run}: RankOptions,
  ranked: RankedQueries,
): Promise<void> {
  const found = search(text, depth)
  const head = found.slice(0, candidates)
  ranked.run.set(id, found.slice(0, cut))
  if (!reranker || head.length === 0) return
  const reply = await reranker.rerank(
    text,
    head.map(({id}) => ({id, text: textOf(id)})),
    run,
  )
  if ('fallback' in reply) onFallback(reply.fallback, reply.detail)
  else ranked.run.set(id, mergeReranked(found, reply.scores).slice(0, cut))
  ranked.reranked.set(id, {candidates: head.map(({id}) => id), scores: 'scores' in reply ? reply.scores : undefined})
}

/**
 * The reranked documents with their new scores, then the others in their old order: below the worst reranked one, within a
 * range of 1, so that one number still orders the whole ranking and ties stay ties.
 */
function mergeReranked(found: readonly ScoredDocument[], scores: ReadonlyMap<string, number>): ScoredDocument[] {
  const worst = Math.min(...scores.values())
  const most = Math.max(...found.map(({score}) => Math.abs(score)), 1)
  return found.map(({id, score}) => ({id, score: scores.get(id) ?? worst - 1 + score / (2 * most)})).sort(compareTrec)
}
