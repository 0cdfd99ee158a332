/** Longest wait that a server may ask for within a run; the client itself ignores longer ones and asks again at once. */
const LONGEST_WAIT_SECONDS = 60

/**
 * `fetch` for the OpenAI client, which repeats failed requests and honours Retry-After up to a minute. The body is read here, so
 * that the client's time-out and repetitions also cover a reply that stalls or breaks off half-way. A longer wait ends the
 * repetition: the user hears of it instead.
 */
export const patientFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const {status, statusText} = response
  const headers = new Headers(response.headers)
  const body = await response.arrayBuffer()
  if (waitSeconds(headers.get('retry-after')) > LONGEST_WAIT_SECONDS) headers.set('x-should-retry', 'false')
  return new Response(body.byteLength === 0 ? null : body, {status, statusText, headers})
}

// RFC 9110, 10.2.3: seconds, or a date.
function waitSeconds(retryAfter: string | null): number {
  if (retryAfter === null) return 0
  const seconds = Number(retryAfter)
  if (Number.isFinite(seconds)) return seconds
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? 0 : (date - Date.now()) / 1000
}
