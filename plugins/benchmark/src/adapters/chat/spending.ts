import type {JudgeUsage} from '@ep23/sdk'

/** Tokens as a server counted them. */
export interface TokenCount {
  prompt: number
  completion: number
}

/** A request that was refused, or never reached anybody, costs nothing. */
export const NO_TOKENS: TokenCount = {prompt: 0, completion: 0}

/** What requests cost together, as far as the server said. */
export interface Spending {
  calls: number
  tokens: TokenCount
  /** Calls whose tokens nobody told: never counted as 0. */
  unknownCalls: number
}

export const NOTHING_SPENT: Spending = {calls: 0, tokens: NO_TOKENS, unknownCalls: 0}

/** One call more. @param tokens undefined when the server did not tell */
export function withCall({calls, tokens: before, unknownCalls}: Spending, tokens: TokenCount | undefined): Spending {
  const {prompt, completion} = tokens ?? NO_TOKENS
  return {
    calls: calls + 1,
    tokens: {prompt: before.prompt + prompt, completion: before.completion + completion},
    unknownCalls: unknownCalls + (tokens === undefined ? 1 : 0),
  }
}

export function together(a: Spending, b: Spending): Spending {
  return {
    calls: a.calls + b.calls,
    tokens: {prompt: a.tokens.prompt + b.tokens.prompt, completion: a.tokens.completion + b.tokens.completion},
    unknownCalls: a.unknownCalls + b.unknownCalls,
  }
}

/** Prices of a million tokens; undefined where nobody named one. */
export interface TokenPrices {
  prompt: number | undefined
  completion: number | undefined
}

/** The same as files hold it. */
export function toUsage({calls, tokens, unknownCalls}: Spending, {prompt, completion}: TokenPrices): JudgeUsage {
  const known = prompt !== undefined && completion !== undefined
  return {
    calls,
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    cost: known ? (tokens.prompt * prompt + tokens.completion * completion) / 1e6 : null,
    ...(unknownCalls > 0 && {unknown_calls: unknownCalls}),
  }
}
