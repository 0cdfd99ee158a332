import {EXIT, Ep23Error, type ErrorDetails} from '@ep23/sdk'
import {APIConnectionTimeoutError, type APIError} from 'openai'

export interface Endpoint {
  url: string
  model: string
  /** Never shown: also what a server says of it is cut out of messages. */
  apiKey: string | undefined
  timeoutSeconds: number
}

/** What the client throws: its own errors, and a SyntaxError for a reply that is no JSON. */
type RequestError = Error & Pick<Partial<APIError>, 'status' | 'headers'>

/** A failed request as an error that says what to do; the key is in none of its parts. */
export function requestError(error: RequestError, endpoint: Endpoint): Ep23Error {
  const {message, ...details} = explain(error, endpoint)
  return new Ep23Error(message, details)
}

type Explanation = ErrorDetails & {message: string}

function explain(error: RequestError, endpoint: Endpoint): Explanation {
  const {status} = error
  if (error instanceof SyntaxError) return serverFailed('answers with something that is no JSON', error, endpoint)
  if (status === undefined) return unreachable(error, endpoint)
  if (status === 401 || status === 403) return keyRefused(status, endpoint)
  if (status === 429) return tryLater(error, endpoint)
  return status >= 500
    ? serverFailed(`fails with status ${status}`, error, endpoint)
    : requestRefused(status, error, endpoint)
}

function unreachable(error: RequestError, endpoint: Endpoint): Explanation {
  const isLate = error instanceof APIConnectionTimeoutError
  return {
    message: isLate
      ? `no answer from ${endpoint.url} within ${endpoint.timeoutSeconds} s`
      : `no answer from ${endpoint.url}: ${reason(error, endpoint)}`,
    code: 'LLM_UNREACHABLE',
    exit: EXIT.unavailable,
    suggestions: isLate
      ? ['give the server more time (timeout_seconds), or fewer texts in a request (batch_size)']
      : ['check that the server runs and that LLM_URL names it, for example http://localhost:11434/v1'],
  }
}

function serverFailed(what: string, error: RequestError, endpoint: Endpoint): Explanation {
  return {
    message: `${endpoint.url} ${what}: ${reason(error, endpoint)}`,
    code: 'LLM_SERVER_FAILED',
    exit: EXIT.unavailable,
    suggestions: ['look at the server’s own log', 'then run the same command again'],
  }
}

function keyRefused(status: number, {url, apiKey}: Endpoint): Explanation {
  return {
    message: `${url} refuses ${apiKey ? 'the key in OPENAI_API_KEY' : 'a request without a key'} (status ${status})`,
    code: 'LLM_NOT_PERMITTED',
    exit: EXIT.notPermitted,
    suggestions: ['set OPENAI_API_KEY to a key of this server'],
  }
}

function tryLater(error: RequestError, endpoint: Endpoint): Explanation {
  const wait = error.headers?.get('retry-after')
  return {
    message: `${endpoint.url} takes no more requests now: ${reason(error, endpoint)}`,
    code: 'LLM_TOO_MANY_REQUESTS',
    exit: EXIT.tryAgain,
    suggestions: [
      wait ? `run the same command again after ${wait} (Retry-After)` : 'run the same command again in a few minutes',
    ],
  }
}

function requestRefused(status: number, error: RequestError, endpoint: Endpoint): Explanation {
  return {
    message: `${endpoint.url} refuses the request for ${endpoint.model} (status ${status}): ${reason(error, endpoint)}`,
    code: 'LLM_REQUEST_REFUSED',
    exit: EXIT.usage,
    suggestions: ['check that the server has this model, and that no text is longer than it takes'],
  }
}

// Servers like to quote the key they refuse, and proxies the headers they were sent.
function reason(error: RequestError, {apiKey}: Endpoint): string {
  const message = causeOf(error)
  const shown = apiKey ? message.replaceAll(apiKey, '[key]') : message
  return shown.replaceAll(/\b(?:sk|pk|key)-[\w*-]{4,}|Bearer \S+/gu, '[key]').slice(0, 300)
}

/** The client says "Connection error."; what happened stands in the causes below it. */
function causeOf(error: Error): string {
  return error.cause instanceof Error && error.cause.message !== '' ? causeOf(error.cause) : error.message
}
