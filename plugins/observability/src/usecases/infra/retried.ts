import {setTimeout as delay} from 'node:timers/promises'

import {hasCode} from '@ep23/sdk'

interface RetryOptions {
  /** At least 1. */
  attempts: number
  signal: AbortSignal
  onFailure: (error: unknown, waitMs: number) => void
  /** From 0 to 1; Math.random by default. */
  random?: () => number
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 8000

/** Errors that another try would only repeat. */
const FINAL_CODES = ['INTERRUPTED', 'INFRA_PORT_TAKEN', 'INFRA_MISSING', 'USAGE']

/**
 * Tries again with exponential backoff and full jitter.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function retried<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const {attempts, signal, onFailure, random = Math.random} = options
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (signal.aborted || attempt >= attempts || FINAL_CODES.some(code => hasCode(error, code))) throw error
      const waitMs = Math.round(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)))
      onFailure(error, waitMs)
      await delay(waitMs, undefined, {signal}).catch(() => signal.throwIfAborted())
    }
}
