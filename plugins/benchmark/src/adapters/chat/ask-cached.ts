import type {Clock, JudgeUsage, UnmeasuredReason} from '@ep23/sdk'

import type {ChatMessage} from '../../domain/llm/judge-prompt.js'
import type {AnswerCache, StoredAnswer} from '../../domain/llm/stored-answer.js'
import {ChatFailure} from './chat-answer.js'
import type {ChatRequest} from './chat-client.js'
import type {PatientChat} from './patient-chat.js'
import {NOTHING_SPENT, type TokenPrices, together, toUsage} from './spending.js'
import {repaired, spendingOf, toStoredAnswer} from './to-stored-answer.js'

export interface Asking {
  chat: PatientChat
  cache: AnswerCache
  clock: Clock
  /** Only stored answers. */
  offline: boolean
  prices: TokenPrices
}

export interface Question {
  /** Content address of the question in the cache. */
  key: string
  request: ChatRequest
  /** What to ask, once more, when a reply cannot be used; undefined for one that can. */
  again: (reply: string) => readonly ChatMessage[] | undefined
}

export type Asked =
  | {answer: StoredAnswer; cached: boolean; usage: JudgeUsage}
  | {missing: UnmeasuredReason; detail: string; usage: JudgeUsage | undefined}

const FROM_CACHE: JudgeUsage = {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0}

/**
 * The stored answer to a question, or the model's, which is then stored; asked for a second time when the first cannot be
 * used. Never throws for what one question may suffer: no answer says why, and what failed was paid for all the same.
 */
export async function askCached(asking: Asking, question: Question, signal: AbortSignal): Promise<Asked> {
  const stored = await asking.cache.find(question.key)
  if (stored) return {answer: stored, cached: true, usage: FROM_CACHE}
  if (asking.offline) return {missing: 'not_in_cache', detail: 'no stored answer to this question', usage: undefined}
  let spent = NOTHING_SPENT
  const send = async (messages: readonly ChatMessage[]): Promise<StoredAnswer> => {
    const asked = await asking.chat.ask({...question.request, messages}, signal)
    return toStoredAnswer(question.key, asked, asking.clock.now())
  }
  try {
    const first = await send(question.request.messages)
    spent = spendingOf(first)
    const again = first.refused || first.cut_short ? undefined : question.again(first.reply)
    const answer = again ? repaired(first, await send(again)) : first
    await asking.cache.save(answer)
    return {answer, cached: false, usage: toUsage(spendingOf(answer), asking.prices)}
  } catch (error) {
    if (!(error instanceof ChatFailure)) throw error
    return {missing: error.reason, detail: error.message, usage: toUsage(together(spent, error.spent), asking.prices)}
  }
}
