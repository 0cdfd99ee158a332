import {addUsage} from '@ep23/llm/usage'
import {joined, numbersMessage, type Message, type TokenUsage} from '@ep23/sdk'

import {message} from '../words/words.js'

export interface UsageFacts {
  calls: number
  prompt_tokens: number
  completion_tokens: number
  cost: number | null
  /** Calls whose tokens nobody told (timed out, broken off, answered without a count): tokens and cost are without them. */
  unknown_calls: number
  /** Judgements that came from the cache. */
  cached: number
}

export function noUsage(): UsageFacts {
  return {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: null, unknown_calls: 0, cached: 0}
}

/** Adds what one line cost. */
export function countUsage(total: UsageFacts, usage: TokenUsage | null, trail: {cached: boolean} | null): void {
  if (trail?.cached) total.cached += 1
  if (!usage) return
  total.calls += usage.calls
  total.prompt_tokens += usage.prompt_tokens
  total.completion_tokens += usage.completion_tokens
  total.unknown_calls += usage.unknown_calls ?? 0
  if (usage.cost !== null) total.cost = (total.cost ?? 0) + usage.cost
}

/** What an earlier attempt at the same thing cost and what this one did: both were paid for. */
export function bothUsages(earlier: TokenUsage | null, now: TokenUsage | null): TokenUsage | null {
  return earlier && now ? addUsage(earlier, now) : (earlier ?? now)
}

/**
 * `30 calls, 30000 + 3000 tokens, cost at least 0.033, 2 calls without token counts (not included), 5 from the cache`; undefined when
 * nobody was asked.
 */
export function usageText(usage: UsageFacts): Message | undefined {
  const {calls, prompt_tokens: prompt, completion_tokens: completion, cost, unknown_calls: unknown, cached} = usage
  if (calls === 0 && cached === 0) return undefined
  return joined([
    message('callsMade', {calls}),
    message('tokensOf', {prompt, completion}),
    ...costText(cost, unknown),
    ...(unknown > 0 ? [message('uncountedLeftOut', {calls: unknown})] : []),
    ...(cached > 0 ? [message('fromCache', {calls: cached})] : []),
  ])
}

/** Nothing where no price is known; `cost unknown` where no call was counted. */
function costText(cost: number | null, unknownCalls: number): Message[] {
  if (cost === null) return unknownCalls > 0 ? [message('costUnknown')] : []
  return [costMessage(String(Number(cost.toPrecision(4))), unknownCalls)]
}

/** A lower bound where some calls were not counted. */
export function costMessage(cost: string, unknownCalls: number): Message {
  return message(unknownCalls > 0 ? 'costAtLeast' : 'costIs', {cost: numbersMessage(cost)})
}
