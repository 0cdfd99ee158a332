import {BM25_DEFAULTS, type Bm25Parameters} from './bm25-searcher.js'

/** The section `retrieval` of `config/retrieval_rerank_config.yaml`, key by key as the team's Python reads it. */
export interface RetrievalConfig {
  /** Documents that come out of retrieval, from 1. */
  top_k: number
  /** Least cosine similarity to the query at which embeddings bring a document in, 0 … 1. */
  score_threshold: number
  /** `top_k` times this many candidates go to the reranker, from 1. */
  vector_search_headroom_multiplier: number
  bm25: Bm25Parameters
  embeddings: EmbeddingsConfig
  fusion: FusionConfig
}

/** Vectors of posts and queries by a server that speaks OpenAI's `/embeddings`. */
export interface EmbeddingsConfig {
  /** Null: no embeddings, BM25 alone. */
  model: string | null
  /** What the model wants before a query, for example `query: ` for the E5 family; may be empty. */
  query_prefix: string
  /** The same before a text that is searched. */
  document_prefix: string
  /** Texts of one request. */
  batch_size: number
  /** Of one request. */
  timeout_seconds: number
}

export const FUSION_METHODS = ['rrf', 'weighted'] as const
export type FusionMethod = (typeof FUSION_METHODS)[number]

/** How the rankings by BM25 and by embeddings become one. */
export interface FusionConfig {
  /** Reciprocal ranks, or scores brought to 0 … 1. */
  method: FusionMethod
  /** Share of the embeddings, 0 … 1; BM25 has the rest. */
  embeddings_weight: number
  /** k of reciprocal rank fusion. */
  rrf_k: number
  /** Documents of either ranking that are looked at. */
  depth: number
}

export const RERANKER_STRATEGIES = ['off', 'llm', 'cross_encoder'] as const
export type RerankerStrategy = (typeof RERANKER_STRATEGIES)[number]

/** The section `reranker`. */
export interface RerankerConfig {
  enabled: boolean
  strategy: RerankerStrategy
  /** Sent to the model; null leaves it out. */
  seed: number | null
  /** The label under which `rag_variance_ratio` is published. */
  variance_window: string | number
  /** Largest upper bound of the variance ratio that may be promoted, 0 … 1. */
  adaptive_threshold: number
  llm: LlmRerankerConfig
  cross_encoder: CrossEncoderConfig
}

export interface LlmRerankerConfig {
  model: string
  /** 0 … 2. */
  temperature: number
  max_tokens: number
  timeout_seconds: number
  /** Environment variable that overrides the temperature; null for none. */
  temperature_override_env: string | null
}

export interface CrossEncoderConfig {
  model_name: string
  batch_size: number
}

/** The whole file. */
export interface RetrievalRerankConfig {
  retrieval: RetrievalConfig
  reranker: RerankerConfig
  feature_flags: {enable_rag_plus_plus: boolean}
}

/** The Python reader's defaults for keys that the file leaves out. */
export const RETRIEVAL_DEFAULTS: Readonly<RetrievalConfig> = {
  top_k: 5,
  score_threshold: 0.3,
  vector_search_headroom_multiplier: 2,
  bm25: BM25_DEFAULTS,
  embeddings: {model: null, query_prefix: '', document_prefix: '', batch_size: 32, timeout_seconds: 30},
  fusion: {method: 'weighted', embeddings_weight: 0.5, rrf_k: 60, depth: 1000},
}

/** How many documents the reranker sees. */
export function candidateCount({
  top_k,
  vector_search_headroom_multiplier,
}: Pick<RetrievalConfig, 'top_k' | 'vector_search_headroom_multiplier'>): number {
  return top_k * vector_search_headroom_multiplier
}
