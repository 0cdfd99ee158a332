/** Makes vectors of texts, in one request. */
export interface Embedder {
  readonly model: string
  /** Name of the server, without credentials. */
  readonly server: string
  /**
   * @param texts at least one, none of them blank.
   * @returns a vector for each text, in their order, all of one length and none of nothing but zeros.
   * @throws Ep23Error for everything else: a vector is there or it is an error, never a stand-in.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}

/** Where vectors are kept from run to run, by the server, the model and the very text they were made of. */
export interface VectorCache {
  /** The vectors that are there, by text. */
  find(source: VectorSource, texts: readonly string[]): Promise<Map<string, Float32Array>>
  keep(source: VectorSource, vectors: ReadonlyMap<string, Float32Array>): Promise<void>
}

/** A model of one name at two servers may be two models. */
export type VectorSource = Pick<Embedder, 'server' | 'model'>

/** Why a reply could not be used: the label of `rag_fallback_reason_total`. */
export const FALLBACK_REASONS = ['timeout', 'parse_error', 'missing_ids', 'http_error', 'refused', 'other'] as const
export type FallbackReason = (typeof FALLBACK_REASONS)[number]

export interface Candidate {
  id: string
  text: string
}

/** Scores of all candidates, or why there are none. A fallback is unmeasured: it never becomes a score. */
export type RerankReply =
  | {scores: ReadonlyMap<string, number>}
  | {fallback: FallbackReason; /** For the log. */ detail: string}

/** Gives candidates new scores. Never throws for what a server does; only for an interruption. */
export interface Reranker {
  readonly name: string
  /** @param run number of the repetition from 0; a seed is moved on by it, so that repetitions are independent. */
  rerank(query: string, candidates: readonly Candidate[], run: number): Promise<RerankReply>
}

/** Why an answer gave no query. */
const UNUSABLE_ANSWERS = ['refused', 'empty', 'unreadable'] as const
export type UnusableAnswer = (typeof UNUSABLE_ANSWERS)[number]

export interface WrittenQueries {
  /** Empty when the answer was unusable. */
  queries: readonly string[]
  unusable?: UnusableAnswer
  /** Whether the first answer was wrong and the model was asked once more. */
  repaired: boolean
}

/** Thinks of queries that a post answers. */
export interface QueryWriter {
  /** Name of the model, and the version of its prompt. */
  readonly model: string
  readonly prompt: string
  /**
   * @param number of the post, from 0: it moves the seed on.
   * @throws Ep23Error when the server cannot be asked; an answer that is no use is counted, not thrown.
   */
  write(text: string, number: number): Promise<WrittenQueries>
}
