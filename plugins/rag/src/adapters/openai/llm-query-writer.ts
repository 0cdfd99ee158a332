import {
  type ChatMessage,
  type ChatResult,
  failureError,
  LlmClient,
  LlmFailure,
  openEndpoint,
  readJsonReply,
  RetryingChat,
} from '@ep23/llm'

import type {QueryWriter, WrittenQueries} from '../../domain/query-writer.js'
import {QUERY_PROMPT_VERSION, QUERY_SCHEMA, queryPrompt, queryRepairPrompt} from './query-prompt.js'
import {readQueries} from './read-queries-answer.js'

/** Requests for one answer: 429, 5xx, lost connections and time-outs are asked again. */
const ATTEMPTS = 4

export interface QueryWriterOptions {
  url: string | undefined
  apiKey: string | undefined
  model: string
  /** 0 … 2. */
  temperature: number
  /** The first post's; the others count up from it. */
  seed: number
  timeoutSeconds: number
  signal: AbortSignal
}

/**
 * Queries by a language model behind OpenAI's `/chat/completions`. Model, temperature, seed and schema are sent as given; an answer
 * that cannot be read is asked for once more, with what is wrong with it.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function llmQueryWriter(options: QueryWriterOptions): QueryWriter {
  const {url, apiKey, model, timeoutSeconds, signal} = options
  const endpoint = openEndpoint({url, apiKey, neededBy: 'queries by a model need it'})
  const chat = new RetryingChat(new LlmClient({endpoint, attempts: ATTEMPTS, attemptSeconds: timeoutSeconds}))
  return {
    model,
    prompt: QUERY_PROMPT_VERSION,
    async write(text, number) {
      try {
        return await askTwice(chat, options, queryPrompt(text), options.seed + number)
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof LlmFailure ? failureError(error, endpoint, model) : error
      }
    },
  }
}

async function askTwice(
  chat: RetryingChat,
  {model, temperature, signal}: QueryWriterOptions,
  messages: ChatMessage[],
  seed: number,
): Promise<WrittenQueries> {
  const request = {model, temperature, seed, schema: {name: 'queries', schema: QUERY_SCHEMA}}
  const first = readAnswer(await chat.ask({...request, messages}, signal))
  if (!('problem' in first)) return {...first, repaired: false}
  const repair = queryRepairPrompt(messages, first.problem)
  const second = readAnswer(await chat.ask({...request, messages: repair}, signal))
  return 'problem' in second ? {queries: [], unusable: 'unreadable', repaired: true} : {...second, repaired: true}
}

type Answer = Omit<WrittenQueries, 'repaired'> | {problem: string}

function readAnswer(result: ChatResult): Answer {
  if (result.reply.trim() === '') return {queries: [], unusable: 'empty'}
  const found = readJsonReply(result, readQueries)
  if ('unmeasured' in found)
    return found.unmeasured === 'refused' ? {queries: [], unusable: 'refused'} : {problem: 'он оборван'}
  if ('problem' in found) return found
  return found.value.length === 0 ? {queries: [], unusable: 'empty'} : {queries: found.value}
}
