import {embed, failureError, LlmClient, LlmFailure, openEndpoint} from '@ep23/llm'

import type {Embedder} from '../../domain/embedder.js'

/** Requests for one batch: 429, 5xx, lost connections and time-outs are asked again. */
const ATTEMPTS = 4

export interface EmbedderOptions {
  url: string | undefined
  /** Where the URL was given, for messages. Default LLM_URL. */
  urlFrom?: string | undefined
  apiKey: string | undefined
  model: string
  timeoutSeconds: number
  signal: AbortSignal
}

/**
 * Embeddings of any server that speaks OpenAI's `/embeddings`.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function httpEmbedder({url, urlFrom, apiKey, model, timeoutSeconds, signal}: EmbedderOptions): Embedder {
  const endpoint = openEndpoint({url, from: urlFrom, apiKey, neededBy: 'embeddings need it'})
  const client = new LlmClient({endpoint, attempts: ATTEMPTS, attemptSeconds: timeoutSeconds})
  return {
    model,
    server: endpoint.name,
    async embed(texts) {
      try {
        return await embed(client, {model, texts}, signal)
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof LlmFailure ? failureError(error, endpoint, model) : error
      }
    },
  }
}
