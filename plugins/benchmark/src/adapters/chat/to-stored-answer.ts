import type {StoredAnswer} from '../../domain/llm/stored-answer.js'
import type {AskedAnswer} from './patient-chat.js'
import type {Spending} from './spending.js'

/** An answer as the cache keeps it, under the key of its question. */
export function toStoredAnswer(key: string, {answer, parameters, spent}: AskedAnswer, createdAt: Date): StoredAnswer {
  return {
    key,
    reply: answer.text,
    cut_short: answer.cutShort,
    refused: answer.refused,
    model: answer.model,
    system_fingerprint: answer.systemFingerprint,
    prompt_tokens: spent.tokens.prompt,
    completion_tokens: spent.tokens.completion,
    calls: spent.calls,
    ...(spent.unknownCalls > 0 && {unknown_calls: spent.unknownCalls}),
    latency_seconds: answer.latencySeconds,
    sent: {temperature: parameters.temperature, seed: parameters.seed, json_schema: parameters.jsonSchema},
    created_at: createdAt,
  }
}

/** The second answer, with what both cost: the first could not be used. */
export function repaired(first: StoredAnswer, second: StoredAnswer): StoredAnswer {
  const unknown = (first.unknown_calls ?? 0) + (second.unknown_calls ?? 0)
  return {
    ...second,
    first_reply: first.reply,
    calls: first.calls + second.calls,
    ...(unknown > 0 && {unknown_calls: unknown}),
    prompt_tokens: first.prompt_tokens + second.prompt_tokens,
    completion_tokens: first.completion_tokens + second.completion_tokens,
    latency_seconds: first.latency_seconds + second.latency_seconds,
  }
}

export function spendingOf({calls, prompt_tokens, completion_tokens, unknown_calls = 0}: StoredAnswer): Spending {
  return {calls, tokens: {prompt: prompt_tokens, completion: completion_tokens}, unknownCalls: unknown_calls}
}
