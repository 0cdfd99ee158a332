import {usageError} from '@ep23/sdk'

import type {Candidate, Reranker, RerankReply} from '../../domain/reranker.js'
import type {CrossEncoderConfig} from '../../retrieval/retrieval-config.js'
import {numberedScores, type NumberedScore} from './numbered-scores.js'
import {postJson, type Posted} from './post-json.js'

/** Of one batch; cross-encoders answer within milliseconds or are down. */
const TIMEOUT_SECONDS = 30

export interface CrossEncoderOptions extends CrossEncoderConfig {
  /** Of the server; `/rerank` is added unless it ends so. */
  url: string | undefined
  apiKey: string | undefined
  signal: AbortSignal
}

/**
 * A cross-encoder behind `/rerank`: first asked as Jina and vLLM are (`documents`, answer `results[].relevance_score`), and when
 * the server calls that wrong (400, 422) as TEI is (`texts`, answer `[].score`).
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function crossEncoderReranker(options: CrossEncoderOptions): Reranker {
  const {url, model_name} = options
  if (url === undefined || !URL.canParse(url))
    throw usageError('the cross_encoder reranker needs the URL of its server', [
      'give --rerank-url, or set EP23_RAG_RERANK_URL, for example http://localhost:8080/rerank',
    ])
  const endpoint = url.endsWith('/rerank') ? url : `${url.replace(/\/+$/u, '')}/rerank`
  return {
    name: `cross_encoder:${model_name}`,
    rerank: (query, candidates) => rerankInBatches(endpoint, options, query, candidates),
  }
}

async function rerankInBatches(
  url: string,
  options: CrossEncoderOptions,
  query: string,
  candidates: readonly Candidate[],
): Promise<RerankReply> {
  const scores = new Map<string, number>()
  for (let start = 0; start < candidates.length; start += options.batch_size) {
    const batch = candidates.slice(start, start + options.batch_size)
    const reply = await askServer(url, options, query, batch)
    const read = 'fallback' in reply ? reply : readResults(reply.body, batch)
    if ('fallback' in read) return read
    for (const [id, score] of read.scores) scores.set(id, score)
  }
  return {scores}
}

async function askServer(
  url: string,
  {apiKey, model_name: model, signal}: CrossEncoderOptions,
  query: string,
  batch: readonly Candidate[],
): Promise<Posted> {
  const texts = batch.map(({text}) => text)
  const patience = {seconds: TIMEOUT_SECONDS, signal}
  const body = {model, query, documents: texts, top_n: texts.length, return_documents: false}
  const reply = await postJson({url, apiKey}, body, patience)
  if (reply.status !== 400 && reply.status !== 422) return reply
  return postJson({url, apiKey}, {query, texts}, patience)
}

function readResults(body: unknown, batch: readonly Candidate[]): RerankReply {
  const list: unknown = Array.isArray(body) ? body : (body as {results?: unknown} | null)?.results
  if (!Array.isArray(list)) return {fallback: 'parse_error', detail: 'the reply has no list of results'}
  const found = (list as unknown[]).map(readResult)
  return numberedScores(found, batch)
}

function readResult(result: unknown): NumberedScore {
  const {index, relevance_score, score} = (result ?? {}) as Record<string, unknown>
  return {number: index, score: relevance_score ?? score}
}
