import {BM25_DEFAULTS, type Bm25Parameters} from './bm25/bm25-searcher.js'

/** The section `retrieval` of `config/retrieval_rerank_config.yaml`, key by key as the team's Python reads it. */
export interface RetrievalConfig {
  /** Documents that come out of retrieval, from 1. */
  top_k: number
  /** Least similarity that is kept, 0 … 1. */
  score_threshold: number
  /** `top_k` times this many candidates are fetched before the threshold is applied, from 1. */
  vector_search_headroom_multiplier: number
  bm25: Bm25Parameters
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
}
