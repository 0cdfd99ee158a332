import type {LlmClient} from './client.js'
import {type Droppable, LlmFailure} from './failures.js'
import {NO_TOKENS} from './usage.js'

/** A score of the text with this number, from 0, as the server wrote it. */
export interface RerankScore {
  index: unknown
  score: unknown
}

export interface RerankRequest {
  model: string
  query: string
  texts: readonly string[]
}

/**
 * Scores of a cross-encoder behind `/rerank`: first asked as Jina and vLLM are (`documents`, answer `results[].relevance_score`), and
 * when the server calls that wrong (400, 422) as TEI is (`texts`, answer `[].score`).
 * @throws LlmFailure; what the scores are worth is the caller's to check
 */
export async function rerank(client: LlmClient, request: RerankRequest, signal: AbortSignal): Promise<RerankScore[]> {
  const {model, query, texts} = request
  try {
    return await post(client, refused => jinaBody(request, refused), signal)
  } catch (error) {
    const isOtherForm = error instanceof LlmFailure && (error.details.status === 400 || error.details.status === 422)
    if (!isOtherForm) throw error
    return post(client, () => ({model, query, texts}), signal)
  }
}

function jinaBody({model, query, texts}: RerankRequest, refused: ReadonlySet<Droppable>): Record<string, unknown> {
  const optional = Object.entries({top_n: texts.length, return_documents: false})
  return {
    model,
    query,
    documents: texts,
    ...Object.fromEntries(optional.filter(([name]) => !refused.has(name as Droppable))),
  }
}

async function post(
  client: LlmClient,
  body: (refused: ReadonlySet<Droppable>) => Record<string, unknown>,
  signal: AbortSignal,
): Promise<RerankScore[]> {
  const {value} = await client.fetchWithRetry({path: '/rerank', body}, readResults, signal)
  return value
}

function readResults(json: unknown) {
  const {results, data} = (json ?? {}) as {results?: unknown; data?: unknown}
  const list = [json, results, data].find(candidate => Array.isArray(candidate))
  if (!list) throw new LlmFailure('unusable', 'the reply has no list of results')
  return {value: (list as unknown[]).map(readResult), tokens: NO_TOKENS}
}

function readResult(result: unknown): RerankScore {
  const {index, relevance_score, score} = (result ?? {}) as Record<string, unknown>
  return {index, score: relevance_score ?? score}
}
