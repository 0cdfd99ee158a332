import {EXIT, Ep23Error} from '@ep23/sdk'
import type {APIError} from 'openai'

import type {AnswerProblem} from './check-answer.js'

/** What the client throws: its own errors, and a SyntaxError for a reply that is no JSON. */
export type RequestError = Error & Pick<Partial<APIError>, 'status' | 'headers'>

export interface Endpoint {
  url: string
  model: string
  /** Never shown: also what a server says of it is cut out of messages. */
  apiKey: string | undefined
}

/** A failed request as an error that says what to do; the key is in none of its parts. */
export function llmError(error: RequestError, endpoint: Endpoint): Ep23Error {
  const {status} = error
  if (error instanceof SyntaxError) return serverFailed(200, error, endpoint)
  if (status === undefined) return unreachable(error, endpoint)
  if (status === 401 || status === 403) return keyRefused(status, endpoint)
  if (status === 429) return tryLater(error, endpoint)
  if (status >= 500) return serverFailed(status, error, endpoint)
  return requestRefused(status, error, endpoint)
}

/** The model answered, and again not with a digest. */
export function badAnswer({toUser}: AnswerProblem, {url, model}: Endpoint, digest: string): Ep23Error {
  return new Ep23Error(`${digest}: ${model} at ${url} gave no usable digest: ${toUser}`, {
    code: 'LLM_BAD_ANSWER',
    exit: EXIT.badData,
    suggestions: [
      'try a stronger model: --summarizer openai:MODEL',
      'or write this digest without a model: --summarizer extractive',
    ],
  })
}

function unreachable(error: RequestError, endpoint: Endpoint): Ep23Error {
  return new Ep23Error(`no answer from ${endpoint.url}: ${reason(error, endpoint)}`, {
    code: 'LLM_UNREACHABLE',
    exit: EXIT.unavailable,
    suggestions: ['check that the server runs and that LLM_URL names it, for example http://localhost:11434/v1'],
  })
}

function serverFailed(status: number, error: RequestError, endpoint: Endpoint): Ep23Error {
  return new Ep23Error(`${endpoint.url} fails with status ${status}: ${reason(error, endpoint)}`, {
    code: 'LLM_SERVER_FAILED',
    exit: EXIT.unavailable,
    suggestions: ['look at the server’s own log', 'run the same command again: what is written already is kept'],
  })
}

function keyRefused(status: number, {url, apiKey}: Endpoint): Ep23Error {
  return new Ep23Error(
    `${url} refuses ${apiKey ? 'the key in OPENAI_API_KEY' : 'a request without a key'} (status ${status})`,
    {
      code: 'LLM_NOT_PERMITTED',
      exit: EXIT.notPermitted,
      suggestions: ['set OPENAI_API_KEY to a key of this server'],
    },
  )
}

function tryLater(error: RequestError, endpoint: Endpoint): Ep23Error {
  const wait = error.headers?.get('retry-after')
  return new Ep23Error(`${endpoint.url} takes no more requests now: ${reason(error, endpoint)}`, {
    code: 'LLM_TOO_MANY_REQUESTS',
    exit: EXIT.tryAgain,
    suggestions: [
      wait ? `run the same command again after ${wait} (Retry-After)` : 'run the same command again in a few minutes',
    ],
  })
}

function requestRefused(status: number, error: RequestError, endpoint: Endpoint): Ep23Error {
  return new Ep23Error(
    `${endpoint.url} refuses the request for ${endpoint.model} (status ${status}): ${reason(error, endpoint)}`,
    {
      code: 'LLM_REQUEST_REFUSED',
      exit: EXIT.usage,
      suggestions: ['check that the server has this model: --summarizer openai:MODEL'],
    },
  )
}

// Servers like to quote the key they refuse, and proxies the headers they were sent.
function reason({message}: Error, {apiKey}: Endpoint): string {
  const shown = apiKey ? message.replaceAll(apiKey, '[key]') : message
  return shown.replaceAll(/\b(?:sk|pk|key)-[\w*-]{4,}|Bearer \S+/gu, '[key]').slice(0, 300)
}
