import type {UnmeasuredReason} from '@ep23/sdk'

import {NOTHING_SPENT, type Spending, type TokenCount} from './spending.js'

/** What a server answered, and what it cost. */
export interface ChatAnswer {
  text: string
  /** The answer ended because it became too long. */
  cutShort: boolean
  /** The model declined. */
  refused: boolean
  model: string | null
  systemFingerprint: string | null
  /** Undefined when the server did not count. */
  tokens: TokenCount | undefined
  latencySeconds: number
}

/** Parameters that servers may refuse; each is dropped when one does. */
export interface ChatParameters {
  temperature: number | null
  seed: number | null
  jsonSchema: boolean
}

/** A request that gave no answer, and what that means for the next one. */
export class ChatFailure extends Error {
  /** What all requests for this answer cost, once it is given up. */
  spent: Spending = NOTHING_SPENT

  constructor(
    message: string,
    readonly reason: UnmeasuredReason,
    readonly next: {
      /** Asking again may help. */
      retry: boolean
      retryAfterMs?: number | undefined
      /** The server refuses this parameter: ask without it. */
      drop?: keyof ChatParameters | undefined
      /** Nothing will ever be answered: the run should end. */
      fatal?: 'key' | 'model' | undefined
    },
    /** What the request cost all the same; undefined when nobody told. */
    readonly tokens?: TokenCount | undefined,
  ) {
    super(message)
  }
}
