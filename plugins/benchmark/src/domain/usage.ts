import type {TokenUsage} from '@ep23/sdk'

import type {UsageFacts} from './run-result.js'

export function noUsage(): UsageFacts {
  return {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: null, unknown_calls: 0, cached: 0}
}

/** Adds what one line cost. */
export function addUsage(total: UsageFacts, usage: TokenUsage | null, trail: {cached: boolean} | null): void {
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
  if (!earlier || !now) return earlier ?? now
  const unknown = (earlier.unknown_calls ?? 0) + (now.unknown_calls ?? 0)
  return {
    calls: earlier.calls + now.calls,
    prompt_tokens: earlier.prompt_tokens + now.prompt_tokens,
    completion_tokens: earlier.completion_tokens + now.completion_tokens,
    cost: earlier.cost === null && now.cost === null ? null : (earlier.cost ?? 0) + (now.cost ?? 0),
    ...(unknown > 0 && {unknown_calls: unknown}),
  }
}

/** `30 calls, 30000 + 3000 tokens, cost 0.033, 2 calls of unknown usage, 5 from the cache`; undefined when nobody was asked. */
export function usageText(usage: UsageFacts): string | undefined {
  const {calls, prompt_tokens: prompt, completion_tokens: completion, cost, unknown_calls: unknown, cached} = usage
  if (calls === 0 && cached === 0) return undefined
  return [
    `${calls} calls`,
    `${prompt} + ${completion} tokens`,
    cost === null ? '' : `cost ${Number(cost.toPrecision(4))}`,
    unknown > 0 ? `${unknown} calls of unknown usage, not in these` : '',
    cached > 0 ? `${cached} from the cache` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
