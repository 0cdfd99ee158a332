import {whereStored, type Store, type TokenUsage} from '@ep23/sdk'

import type {ChatResult} from './chat.js'

/** A usable answer as `ep23_judgements` keeps it: with its key the same question is never paid for twice. */
export interface StoredAnswer {
  /** SHA-256 of everything the answer depends on: endpoint, request, and which of several answers it is. */
  key: string
  reply: string
  /** The answer that could not be used, when the model was asked twice. */
  first_reply?: string
  cut_short: boolean
  refused: boolean
  model: string | null
  system_fingerprint: string | null
  prompt_tokens: number
  completion_tokens: number
  calls: number
  /** Those of the calls whose tokens nobody told. */
  unknown_calls?: number
  latency_seconds: number
  sent: ChatResult['sent']
  created_at: Date
}

/** Where answers are kept. */
export interface AnswerCache {
  find(key: string): Promise<StoredAnswer | undefined>
  save(answer: StoredAnswer): Promise<void>
}

const COLLECTION = 'ep23_judgements'

/** Answers in the store, so that everybody who shares it pays once. */
export function storeAnswerCache(store: Store): AnswerCache {
  const collection = store.collection<StoredAnswer>(COLLECTION)
  return {
    async find(key) {
      for await (const answer of whereStored(collection.find({key}, {limit: 1}))) return answer
      return undefined
    },
    async save(answer) {
      await collection.upsertMany([answer], 'key')
    },
  }
}

/** One or two results as one answer, under the key of their question, with what both cost. */
export function toStoredAnswer(
  key: string,
  {result, first}: {result: ChatResult; first?: ChatResult | undefined},
  usage: TokenUsage,
  createdAt: Date,
): StoredAnswer {
  return {
    key,
    reply: result.reply,
    ...(first && {first_reply: first.reply}),
    cut_short: result.finish === 'cut_short',
    refused: result.finish === 'refused',
    model: result.model,
    system_fingerprint: result.systemFingerprint,
    prompt_tokens: usage.prompt_tokens,
    completion_tokens: usage.completion_tokens,
    calls: usage.calls,
    ...(usage.unknown_calls !== undefined && {unknown_calls: usage.unknown_calls}),
    latency_seconds: result.latencySeconds + (first?.latencySeconds ?? 0),
    sent: result.sent,
    created_at: createdAt,
  }
}
