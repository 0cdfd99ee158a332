import {type Clock, type Runtime, type Settings, type StepReport, usageError} from '@ep23/sdk'
import {httpEmbedder, storedVectors} from '../adapters/embeddings.js'
import type {Embedder, Reranker} from '../domain/model-ports.js'
import type {Query} from '../formats/corpus.js'
import {CosineSearcher} from '../retrieval/cosine-searcher.js'
import {fusedSearch, type Search} from '../retrieval/fusion.js'
import type {EmbeddingsConfig, RetrievalConfig, RerankerConfig} from '../retrieval/retrieval-config.js'
import type {CollectionFlags} from '../search-flags.js'
import {embedTexts} from '../usecases/embed-texts.js'
import type {EmbeddingsReport} from '../usecases/evaluation-report.js'
import type {Corpus} from './open-collection.js'
import {crossEncoderReranker} from '../adapters/cross-encoder-reranker.js'
import {llmReranker} from '../adapters/llm-reranker.js'
import {message} from '../words/words.js'

export interface FirstStage {
  search: Search
  /** Those that `search` is made of. */
  searches: readonly Search[]
  /** Null when words alone are searched. */
  embeddings: EmbeddingsReport | null
}

export type EmbeddingsFlags = Pick<CollectionFlags, 'embeddings-url' | 'fresh-embeddings'>

interface Searched {
  corpus: Corpus
  queries: readonly Query[]
}

type Prepare = (retrieval: RetrievalConfig, report?: Pick<StepReport, 'advance'>) => Promise<FirstStage>

/** First stages over one collection, each as a configuration asks for it. Vectors of a model are fetched once. */
export function firstStages(runtime: Runtime, flags: EmbeddingsFlags, searched: Searched): Prepare {
  const known = new Map<string, Promise<Embedded>>()
  return async (retrieval, report) => {
    const {corpus} = searched
    const {bm25, embeddings, fusion, score_threshold} = retrieval
    const byWords = corpus.searcher(bm25)
    const {model} = embeddings
    if (model === null) return {search: byWords, searches: [byWords], embeddings: null}
    const key = JSON.stringify(embeddings)
    const embedding = known.get(key) ?? embedAll(runtime, flags, searched, {...embeddings, model}, report)
    known.set(key, embedding)
    const {rank, embeddings: figures} = await embedding
    const byEmbeddings: Search = (query, limit) =>
      corpus
        .toDocuments(rank(query))
        .filter(({score}) => score >= score_threshold)
        .slice(0, limit)
    return {
      search: fusedSearch(byWords, byEmbeddings, fusion),
      searches: [byWords, byEmbeddings],
      embeddings: figures,
    }
  }
}

interface Embedded {
  /** All passages by their similarity to the query, best first; none for a query without words. */
  rank: (query: string) => ReturnType<CosineSearcher['search']>
  embeddings: EmbeddingsReport
}

async function embedAll(
  {store, settings, signal, clock}: Runtime,
  {'embeddings-url': ownUrl, 'fresh-embeddings': fresh}: EmbeddingsFlags,
  {corpus, queries}: Searched,
  config: EmbeddingsConfig & {model: string},
  report?: Pick<StepReport, 'advance'>,
): Promise<Embedded> {
  const {model, document_prefix, query_prefix, batch_size, timeout_seconds: timeoutSeconds} = config
  const {embedder, timing} = timed(
    httpEmbedder({...serverOf(ownUrl, settings), apiKey: settings.llmApiKey, model, timeoutSeconds, signal}),
    clock,
  )
  const {vectors, computed, reused} = await embedTexts(
    {
      embedder,
      cache: storedVectors(store),
      signal,
      onProgress: (done, all) => report?.advance(done, all, 'embeddings'),
    },
    [
      ...corpus.passages.map(({text}) => prefixed(document_prefix, text)),
      ...queries.map(({text}) => prefixed(query_prefix, text)),
    ],
    {batchSize: batch_size, fresh},
  )
  const vectorOf = (prefix: string, text: string) => vectors.get(prefixed(prefix, text))
  const embedded = corpus.passages.flatMap(({id, text}) => {
    const vector = vectorOf(document_prefix, text)
    return vector === undefined ? [] : [{id, vector}]
  })
  const searcher = new CosineSearcher(embedded)
  return {
    rank(query) {
      const vector = vectorOf(query_prefix, query)
      return vector === undefined ? [] : searcher.search(vector, embedded.length)
    },
    embeddings: {model, dimensions: embedded[0]?.vector.length ?? 0, computed, reused, ...timing},
  }
}

// A blank text stays blank: it is not to be found by its prefix.
function prefixed(prefix: string, text: string): string {
  return text.trim() === '' ? '' : `${prefix}${text}`
}

function timed(embedder: Embedder, clock: Clock) {
  const timing = {requests: 0, request_seconds: 0}
  const embed: Embedder['embed'] = async texts => {
    const start = clock.monotonic()
    const vectors = await embedder.embed(texts)
    timing.requests++
    timing.request_seconds += clock.monotonic() - start
    return vectors
  }
  return {embedder: {...embedder, embed}, timing}
}

function serverOf(ownUrl: string | undefined, {llmUrl}: Settings): {url: string | undefined; urlFrom: string} {
  return ownUrl === undefined ? {url: llmUrl, urlFrom: 'LLM_URL'} : {url: ownUrl, urlFrom: '--embeddings-url'}
}

interface RerankerContext {
  settings: Settings
  signal: AbortSignal
  env: Readonly<Record<string, string | undefined>>
  rerankUrl: string | undefined
}

/** The reranker that the configuration asks for; undefined when it is off. */
export function createReranker(
  {enabled, strategy, seed, llm, cross_encoder}: RerankerConfig,
  {settings, signal, env, rerankUrl}: RerankerContext,
): Reranker | undefined {
  if (!enabled || strategy === 'off') return undefined
  const apiKey = settings.llmApiKey
  if (strategy === 'cross_encoder') return crossEncoderReranker({...cross_encoder, url: rerankUrl, apiKey, signal})
  const temperature = overriddenTemperature(llm.temperature, llm.temperature_override_env, env)
  return llmReranker({...llm, temperature, seed, url: settings.llmUrl, apiKey, signal})
}

function overriddenTemperature(
  temperature: number,
  name: string | null,
  env: Readonly<Record<string, string | undefined>>,
): number {
  const text = name === null ? undefined : env[name]
  if (text === undefined || text === '') return temperature
  const value = Number(text)
  if (value >= 0 && value <= 2) return value
  throw usageError(message('notTemperature', {name: String(name), text}), [message('unsetName', {name: String(name)})])
}
