import type {TokenUsage} from '@ep23/sdk'

/** Tokens of one request as a server counted them. */
export interface TokenCount {
  prompt: number
  completion: number
}

/** A request that was refused, or never reached anybody, costs nothing. */
export const NO_TOKENS: TokenCount = {prompt: 0, completion: 0}

/** Nothing was asked; also what an answer from the cache costs. */
export const NO_USAGE: TokenUsage = {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0}

/** Prices of a million tokens; undefined where nobody named one. */
export interface TokenPrices {
  prompt: number | undefined
  completion: number | undefined
}

/**
 * What one request cost.
 * @param tokens undefined when the server did not tell: the cost is then unknown, not 0
 */
export function usageOf(tokens: TokenCount | undefined, {prompt, completion}: TokenPrices): TokenUsage {
  if (!tokens) return {calls: 1, prompt_tokens: 0, completion_tokens: 0, cost: null, unknown_calls: 1}
  const priced = prompt !== undefined && completion !== undefined
  const cost = priced ? (tokens.prompt * prompt + tokens.completion * completion) / 1e6 : null
  return {calls: 1, prompt_tokens: tokens.prompt, completion_tokens: tokens.completion, cost}
}

/**
 * Two usages as one. Tokens and cost are of the calls whose tokens are known: a lower bound where `unknown_calls` says so, and null
 * where no cost is known at all.
 * @example addUsage(usageOf({prompt: 10, completion: 5}, prices), usageOf(undefined, prices)).unknown_calls // 1
 */
export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  const unknown = (a.unknown_calls ?? 0) + (b.unknown_calls ?? 0)
  return {
    calls: a.calls + b.calls,
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
    cost: addCost(a, b),
    ...(unknown > 0 && {unknown_calls: unknown}),
  }
}

function addCost(a: TokenUsage, b: TokenUsage): number | null {
  if (a.calls === 0) return b.cost
  if (b.calls === 0) return a.cost
  return a.cost === null && b.cost === null ? null : (a.cost ?? 0) + (b.cost ?? 0)
}

/** The counts of a reply's `usage`; undefined unless both are there. Servers that do not count send zeros: nobody answers no question. */
export function tokensOf(usage: unknown): TokenCount | undefined {
  const counts = (usage ?? {}) as Record<string, unknown>
  const prompt = counts['prompt_tokens'] ?? counts['input_tokens']
  const completion = counts['completion_tokens'] ?? counts['output_tokens']
  return isCount(prompt) && isCount(completion) && prompt > 0 ? {prompt, completion} : undefined
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
