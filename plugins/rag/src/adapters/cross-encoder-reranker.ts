import {type Endpoint, LlmClient, LlmFailure, openEndpoint, rerank} from '@ep23/llm'
import type {Candidate, Reranker, RerankReply} from '../domain/model-ports.js'
import type {CrossEncoderConfig} from '../retrieval/retrieval-config.js'
import {fallbackOf, numberedScores} from './rerank-reply.js'
import {message} from '../words/words.js'

/** Of one batch; cross-encoders answer within milliseconds or are down. */
const TIMEOUT_SECONDS = 30

export interface CrossEncoderOptions extends CrossEncoderConfig {
  /** Of the server; `/rerank` is added unless it ends so. */
  url: string | undefined
  apiKey: string | undefined
  signal: AbortSignal
}

/**
 * A cross-encoder behind `/rerank`, asked once: a repeated request would hide how often the service fails.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function crossEncoderReranker(options: CrossEncoderOptions): Reranker {
  const {url, apiKey, model_name} = options
  const endpoint: Endpoint = openEndpoint({
    url,
    from: '--rerank-url (EP23_RAG_RERANK_URL)',
    apiKey,
    neededBy: message('crossEncoderNeeds'),
    example: 'http://localhost:8080/rerank',
  })
  const client = new LlmClient({endpoint, attempts: 1, attemptSeconds: TIMEOUT_SECONDS})
  return {
    name: `cross_encoder:${model_name}`,
    rerank: (query, candidates) => rerankInBatches(client, options, query, candidates),
  }
}

async function rerankInBatches(
  client: LlmClient,
  {batch_size, model_name: model, signal}: CrossEncoderOptions,
  query: string,
  candidates: readonly Candidate[],
): Promise<RerankReply> {
  const scores = new Map<string, number>()
  for (let start = 0; start < candidates.length; start += batch_size) {
    const batch = candidates.slice(start, start + batch_size)
    const read = await askServer(client, {model, query, texts: batch.map(({text}) => text)}, batch, signal)
    if ('fallback' in read) return read
    for (const [id, score] of read.scores) scores.set(id, score)
  }
  return {scores}
}

async function askServer(
  client: LlmClient,
  request: Parameters<typeof rerank>[1],
  batch: readonly Candidate[],
  signal: AbortSignal,
): Promise<RerankReply> {
  try {
    const found = await rerank(client, request, signal)
    return numberedScores(
      found.map(({index, score}) => ({number: index, score})),
      batch,
    )
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof LlmFailure) return fallbackOf(error)
    throw error
  }
}
