import {
  AdaptiveLimit,
  type Asker,
  LlmClient,
  openEndpoint,
  RetryingChat,
  storeAnswerCache,
  type TokenPrices,
} from '@ep23/llm'
import type {Runtime, Message} from '@ep23/sdk'

/** How a language model is asked to judge; a writer at the same server shares all but model and prices. */
export interface ModelOptions {
  model?: string | undefined
  /** `strict`: only stored answers, no network. */
  replay: 'off' | 'strict'
  temperature: number
  seed: number
  /** Price of a million tokens, in any currency. */
  promptPrice?: number | undefined
  completionPrice?: number | undefined
  maxSourceCharacters: number
  concurrency: number
  attemptSeconds: number
  /** All the time that a sample and the run have: nobody waits longer for a server. */
  longestWaitSeconds?: number
  attempts: number
}

/** What a judge or writer that asks a model is opened with. */
export interface AskerSources {
  runtime: Runtime
  llm: ModelOptions
  /** Shared with whoever else asks the same server; one of its own without. */
  limit?: AdaptiveLimit | undefined
}

interface AskerOptions {
  /** For the message of a missing server: `--judge llm needs it`. */
  neededBy: Message
  limit: AdaptiveLimit | undefined
  prices: TokenPrices
}

interface OpenedAsker {
  asker: Asker
  /** Name of the server, without credentials. */
  endpoint: string
  retune: (concurrency: number) => void
}

/** Whoever asks the model server at `LLM_URL`, as patiently as the flags say. @throws Ep23Error USAGE (64) without a server */
export function openAsker(
  {settings, store, clock, tracer}: Runtime,
  {attempts, attemptSeconds, longestWaitSeconds, concurrency, replay}: ModelOptions,
  {neededBy, limit = new AdaptiveLimit(concurrency), prices}: AskerOptions,
): OpenedAsker {
  const endpoint = openEndpoint({
    url: settings.llmUrl,
    apiKey: settings.llmApiKey,
    neededBy,
    example: 'LLM_URL=http://127.0.0.1:8000/v1',
  })
  const client = new LlmClient({
    ...{endpoint, attempts, attemptSeconds, longestWaitSeconds, limit, prices},
    traceparent: () => tracer.traceparent(),
  })
  return {
    asker: {chat: new RetryingChat(client), cache: storeAnswerCache(store), clock, offline: replay === 'strict'},
    endpoint: endpoint.name,
    retune: most => limit.resize(most),
  }
}
