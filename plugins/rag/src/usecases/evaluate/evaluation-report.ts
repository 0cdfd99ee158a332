import type {IntervalMethod} from '@ep23/statistics'

import type {TieShare} from '../../measures/ranking/tie-share.js'
import type {FallbackReason} from '../../domain/model-ports.js'
import type {Repeatability} from './repeatability.js'

export interface MeasuredValue {
  /** In the notation of ir_measures. */
  measure: string
  /** Mean over queries, and over runs when there are several. */
  mean: number
  /** Over queries; null with a single query, or where no value within 0 … 1 differs from another. */
  interval: {low: number; high: number; confidence: number; method: IntervalMethod} | null
}

/** Where the vectors of passages and queries came from. */
export interface EmbeddingsReport {
  model: string
  dimensions: number
  /** Vectors that the server made now, and those that the store had. */
  computed: number
  reused: number
  /** Of the server, repetitions not counted. */
  requests: number
  /** All requests together. */
  request_seconds: number
}

export interface EvaluationReport {
  corpus: {source: string; documents: number}
  index: {signature: string; path: string | null; analysed: number; unchanged: number; removed: number}
  config: {path: string | null; settings: Record<string, unknown>}
  /** Null when words alone are searched. */
  embeddings: EmbeddingsReport | null
  reranker: string
  runs: number
  queries: {evaluated: number; without_judgements: number; missing_from_run: number}
  /** Documents judged relevant, and those of them that are not in the corpus. */
  relevant: {judged: number; missing: number}
  measures: MeasuredValue[]
  ties: TieShare
  repeatability: Repeatability | null
  fallbacks: {total: number; queries_asked: number; by_reason: Record<FallbackReason, number>}
  /** Of search and reranking; vectors of queries are made before. */
  latency_seconds: {p50: number; p90: number}
  run_files: string[]
  /** The mean over runs of each measure, in the order of `measures`. */
  per_query: {query: string; text: string; values: number[]}[]
}
