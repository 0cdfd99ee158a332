import {BM25_DEFAULTS, type Bm25Parameters} from './bm25/bm25-searcher.js'

/** The section `retrieval` of `config/retrieval_rerank_config.yaml`, key by key as the team's Python reads it. */
export interface RetrievalConfig {
  /** Documents that come out of retrieval, from 1. */
  top_k: number
  /** Least similarity that is kept, 0 … 1. */
  score_threshold: number
  /** `top_k` times this many candidates are fetched before the threshold is applied, from 1. */
  vector_search_headroom_multiplier: number
}

export const RERANKER_STRATEGIES = ['off', 'llm', 'cross_encoder'] as const
export type RerankerStrategy = (typeof RERANKER_STRATEGIES)[number]

/** The section `reranker`. */
export interface RerankerConfig {
  enabled: boolean
  strategy: RerankerStrategy
  /** Sent to the model; null leaves it out. */
  seed: number | null
  /** Runs over which the variance ratio is taken, from 3. */
  variance_window: number
  /** Largest upper bound of the variance ratio that may be promoted, 0 … 1. */
  adaptive_threshold: number
  llm: LlmRerankerConfig
  cross_encoder: CrossEncoderConfig
}

export interface LlmRerankerConfig {
  model: string
  /** 0 … 1. */
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
}

export const FUSION_METHODS = ['bm25', 'embedding', 'rrf', 'weighted'] as const

/** Knobs of retrieval that the file does not know: they belong to the tuning space. */
export interface SearchKnobs {
  bm25: Bm25Parameters
  /** One searcher alone, or how both are put together. */
  fusion: (typeof FUSION_METHODS)[number]
  /** Of reciprocal rank fusion. */
  rrf_k: number
  /** Share of BM25 in a fusion, 0 … 1; the embeddings have the rest. */
  bm25_weight: number
}

export const SEARCH_DEFAULTS: Readonly<SearchKnobs> = {bm25: BM25_DEFAULTS, fusion: 'bm25', rrf_k: 60, bm25_weight: 0.5}
