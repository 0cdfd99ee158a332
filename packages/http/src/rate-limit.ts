import {HttpRefusal} from './http-refusal.js'

const MOST_CALLERS = 1000

/** How much each caller may have: so much at once, and so much a second from then on. */
export interface Rate {
  burst: number
  aSecond: number
}

/** What a caller of a server may ask. */
export const REQUEST_RATE: Rate = {burst: 1000, aSecond: 50}

/**
 * A token bucket for each caller. The longest silent of a thousand callers is forgotten first: its bucket is the fullest.
 * @param now seconds of a clock that never goes back
 * @returns whether there was a token left for that caller
 */
export function createTokenBuckets(
  {burst, aSecond}: Rate,
  now: () => number = () => performance.now() / 1000,
): (caller: string) => boolean {
  const buckets = new Map<string, {left: number; at: number}>()
  return caller => {
    const at = now()
    const bucket = buckets.get(caller) ?? {left: burst, at}
    const left = Math.min(burst, bucket.left + (at - bucket.at) * aSecond)
    buckets.delete(caller)
    if (buckets.size >= MOST_CALLERS) buckets.delete(buckets.keys().next().value ?? '')
    buckets.set(caller, {left: left < 1 ? left : left - 1, at})
    return left >= 1
  }
}

/**
 * Lets every caller ask a thousand times at once and fifty times a second from then on: an agent that runs wild fills neither
 * the log nor the store with what it asks.
 * @throws HttpRefusal 429, which says when to come again
 */
export function createRateLimit(now?: () => number): (caller: string) => void {
  const hasToken = createTokenBuckets(REQUEST_RATE, now)
  return caller => {
    if (!hasToken(caller))
      throw new HttpRefusal('too many requests', {status: 429, reason: 'connections', headers: {'retry-after': '1'}})
  }
}
