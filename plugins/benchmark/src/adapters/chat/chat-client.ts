import OpenAI from 'openai'

import type {ChatMessage} from '../../domain/llm/judge-prompt.js'
import {type ChatAnswer, ChatFailure, type ChatParameters} from './chat-answer.js'
import {toChatFailure} from './chat-failure.js'
import type {TokenCount} from './spending.js'

export interface ChatRequest {
  model: string
  messages: readonly ChatMessage[]
  parameters: ChatParameters
  /** What the answer must look like; free text without one. */
  schema?: Record<string, unknown>
}

/** One request to a server, without any retrying. */
export type Chat = (request: ChatRequest, options: {signal: AbortSignal; seconds: number}) => Promise<ChatAnswer>

export interface ChatServer {
  baseURL: string
  apiKey: string | undefined
  /** W3C trace context of the request. */
  traceparent: () => string
}

/** A client of any server that speaks OpenAI's chat completions. @throws ChatFailure for everything but an answer */
export function chatClient({baseURL, apiKey, traceparent}: ChatServer): Chat {
  const client = new OpenAI({baseURL, apiKey: apiKey ?? 'none', maxRetries: 0, logLevel: 'off'})
  return async (request, {signal, seconds}) => {
    const started = performance.now()
    try {
      const completion = await client.chat.completions.create(body(request), {
        signal,
        timeout: seconds * 1000,
        headers: {traceparent: traceparent()},
      })
      return toAnswer(completion, (performance.now() - started) / 1000)
    } catch (error) {
      throw error instanceof ChatFailure ? error : toChatFailure(error, signal)
    }
  }
}

function body({model, messages, parameters, schema}: ChatRequest): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const {temperature, seed, jsonSchema} = parameters
  return {
    model,
    messages: messages.map(({role, content}) => ({role, content})),
    ...(temperature === null ? {} : {temperature}),
    ...(seed === null ? {} : {seed}),
    ...(jsonSchema &&
      schema && {
        response_format: {type: 'json_schema', json_schema: {name: 'judgement', strict: true, schema}},
      }),
  }
}

// Servers of many makes answer here: nothing is taken for granted.
function toAnswer(completion: Partial<OpenAI.ChatCompletion>, latencySeconds: number): ChatAnswer {
  const tokens = tokensOf(completion.usage)
  const choice = completion.choices?.[0]
  const text = choice?.message?.content
  const refused = Boolean(choice?.message?.refusal) || choice?.finish_reason === 'content_filter'
  if (typeof text !== 'string' && !refused)
    throw new ChatFailure('the answer has no choices[0].message.content', 'server_error', {retry: true}, tokens)
  return {
    text: text ?? choice?.message?.refusal ?? '',
    cutShort: choice?.finish_reason === 'length',
    refused,
    model: completion.model ?? null,
    systemFingerprint: completion.system_fingerprint ?? null,
    tokens,
    latencySeconds,
  }
}

function tokensOf(usage: OpenAI.CompletionUsage | null | undefined): TokenCount | undefined {
  const {prompt_tokens: prompt, completion_tokens: completion} = usage ?? {}
  return isCount(prompt) && isCount(completion) ? {prompt, completion} : undefined
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
