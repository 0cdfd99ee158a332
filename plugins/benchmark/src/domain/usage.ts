import {addUsage} from '@ep23/llm/usage'
import type {TokenUsage} from '@ep23/sdk'

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
export function usageText(usage: UsageFacts): string | undefined {
  const {calls, prompt_tokens: prompt, completion_tokens: completion, cost, unknown_calls: unknown, cached} = usage
  if (calls === 0 && cached === 0) return undefined
  return [
    `${calls} calls`,
    `${prompt} + ${completion} tokens`,
    costText(cost, unknown),
    unknown > 0 ? `${unknown} calls without token counts (not included)` : '',
    cached > 0 ? `${cached} from the cache` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** Empty where no price is known; `cost unknown` where no call was counted; a lower bound where only some were. */
export function costText(cost: number | null, unknownCalls: number): string {
  if (cost === null) return unknownCalls > 0 ? 'cost unknown' : ''
  return `cost ${unknownCalls > 0 ? 'at least ' : ''}${Number(cost.toPrecision(4))}`
}
