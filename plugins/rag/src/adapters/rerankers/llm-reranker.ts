import {usageError} from '@ep23/sdk'

import type {Candidate, Reranker, RerankReply} from '../../domain/reranker.js'
import type {LlmRerankerConfig} from '../../retrieval/retrieval-config.js'
import {numberedScores} from './numbered-scores.js'
import {type Endpoint, postJson} from './post-json.js'
import {RERANK_PROMPT_VERSION, RERANK_SCHEMA, rerankPrompt} from './rerank-prompt.js'

export interface LlmRerankerOptions extends LlmRerankerConfig {
  /** Base URL of an OpenAI-compatible server, from LLM_URL. */
  url: string | undefined
  apiKey: string | undefined
  /** The first run's; null leaves the seed out of the request. */
  seed: number | null
  signal: AbortSignal
}

/**
 * Has a language model score all candidates of a query in one request. Model, temperature, seed, length and schema are sent as
 * configured; every reply that is not a complete set of scores from 0 to 1 is a fallback.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function llmReranker(options: LlmRerankerOptions): Reranker {
  const {url, apiKey, model} = options
  if (url === undefined || !URL.canParse(url))
    throw usageError(
      `LLM_URL ${url === undefined ? 'is not set' : `is no URL: "${url}"`}, and the llm reranker needs it`,
      ['set it to the base URL of an OpenAI-compatible server, for example LLM_URL=http://localhost:11434/v1'],
    )
  const endpoint = {url: `${url.replace(/\/+$/u, '')}/chat/completions`, apiKey}
  return {
    name: `llm:${model} ${RERANK_PROMPT_VERSION}`,
    rerank: (query, candidates, run) => askModel(endpoint, options, query, candidates, run),
  }
}

async function askModel(
  endpoint: Endpoint,
  {model, temperature, max_tokens, timeout_seconds, seed, signal}: LlmRerankerOptions,
  query: string,
  candidates: readonly Candidate[],
  run: number,
): Promise<RerankReply> {
  const request = {
    model,
    temperature,
    max_tokens,
    ...(seed !== null && {seed: seed + run}),
    messages: rerankPrompt(query, candidates),
    response_format: {type: 'json_schema', json_schema: {name: 'rerank', strict: true, schema: RERANK_SCHEMA}},
  }
  const reply = await postJson(endpoint, request, {seconds: timeout_seconds, signal})
  return 'fallback' in reply ? reply : readAnswer(reply.body, candidates)
}

interface Completion {
  choices?: {message?: {content?: unknown; refusal?: unknown}}[]
}

function readAnswer(body: unknown, candidates: readonly Candidate[]): RerankReply {
  const message = (body as Completion | null)?.choices?.[0]?.message
  if (typeof message?.refusal === 'string') return {fallback: 'refused', detail: message.refusal.slice(0, 200)}
  const found = scoresIn(message?.content)
  if (found === undefined) return {fallback: 'parse_error', detail: 'the answer is not {"scores": [{"id", "score"}]}'}
  const outside = found.find(({score}) => typeof score === 'number' && !(score >= 0 && score <= 1))
  if (outside) return {fallback: 'parse_error', detail: `a score is ${String(outside.score)}, outside 0 … 1`}
  return numberedScores(
    found.map(({id, score}) => ({number: typeof id === 'number' ? id - 1 : id, score})),
    candidates,
  )
}

function scoresIn(content: unknown): {id: unknown; score: unknown}[] | undefined {
  try {
    const {scores} = JSON.parse(String(content)) as {scores?: unknown}
    const isList = Array.isArray(scores) && scores.every(entry => typeof entry === 'object' && entry !== null)
    return isList ? (scores as {id: unknown; score: unknown}[]) : undefined
  } catch {
    return undefined
  }
}
