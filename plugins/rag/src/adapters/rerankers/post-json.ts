import type {FallbackReason} from '../../domain/reranker.js'

export interface Endpoint {
  url: string
  apiKey?: string | undefined
}

/** A reply's body, or why there is none to use. */
export type Posted = {body: unknown; status: number} | {fallback: FallbackReason; detail: string; status?: number}

/**
 * Posts JSON once: no repetition, because a repeated request would hide how often the service fails.
 * @throws only what `signal` was aborted with.
 */
export async function postJson(
  {url, apiKey}: Endpoint,
  body: object,
  {seconds, signal}: {seconds: number; signal: AbortSignal},
): Promise<Posted> {
  const timeout = AbortSignal.timeout(Math.ceil(seconds * 1000))
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {'content-type': 'application/json', ...(apiKey && {authorization: `Bearer ${apiKey}`})},
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, timeout]),
    })
    return await readReply(response)
  } catch (error) {
    signal.throwIfAborted()
    if (timeout.aborted) return {fallback: 'timeout', detail: `no reply within ${seconds} s`}
    return {fallback: 'http_error', detail: `no connection: ${causeOf(error as Error)}`}
  }
}

async function readReply(response: Response): Promise<Posted> {
  const {status} = response
  const text = await response.text()
  if (status === 401 || status === 403) return {fallback: 'refused', detail: `HTTP ${status}`, status}
  if (!response.ok) return {fallback: 'http_error', detail: `HTTP ${status}: ${text.slice(0, 200)}`, status}
  try {
    return {body: JSON.parse(text) as unknown, status}
  } catch {
    return {fallback: 'parse_error', detail: `the reply is not JSON: ${text.slice(0, 200)}`, status}
  }
}

function causeOf({message, cause}: Error): string {
  return cause instanceof Error ? cause.message : message
}
