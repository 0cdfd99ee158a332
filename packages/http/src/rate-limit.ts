import {HttpRefusal} from './http-refusal.js'

const BURST = 1000
const A_SECOND = 50
const MOST_CALLERS = 1000

/**
 * Lets every caller ask a thousand times at once and fifty times a second from then on (a token bucket): an agent that runs
 * wild fills neither the log nor the store with what it asks.
 * @throws HttpRefusal 429, which says when to come again
 */
export function createRateLimit(now: () => number = () => performance.now() / 1000): (caller: string) => void {
  const buckets = new Map<string, {left: number; at: number}>()
  return caller => {
    const at = now()
    const bucket = buckets.get(caller) ?? {left: BURST, at}
    const left = Math.min(BURST, bucket.left + (at - bucket.at) * A_SECOND)
    // The longest silent caller goes first: its bucket is the fullest.
    buckets.delete(caller)
    if (buckets.size >= MOST_CALLERS) buckets.delete(buckets.keys().next().value ?? '')
    buckets.set(caller, {left: Math.max(0, left - 1), at})
    if (left < 1)
      throw new HttpRefusal('too many requests', {status: 429, reason: 'connections', headers: {'retry-after': '1'}})
  }
}
