/** Longest wait that a server may ask for within a run; the client itself ignores longer ones and asks again at once. */
const LONGEST_WAIT_SECONDS = 60

/**
 * `fetch` for the OpenAI client, which repeats requests by itself and honours Retry-After up to a minute. A longer wait ends
 * the repetition: the user hears of it instead.
 */
export const patientFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (waitSeconds(response.headers.get('retry-after')) <= LONGEST_WAIT_SECONDS) return response
  const headers = new Headers(response.headers)
  headers.set('x-should-retry', 'false')
  return new Response(response.body, {status: response.status, statusText: response.statusText, headers})
}

// RFC 9110, 10.2.3: seconds, or a date.
function waitSeconds(retryAfter: string | null): number {
  if (retryAfter === null) return 0
  const seconds = Number(retryAfter)
  if (Number.isFinite(seconds)) return seconds
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? 0 : (date - Date.now()) / 1000
}
