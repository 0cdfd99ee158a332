import type {UnmeasuredReason} from '@ep23/sdk'
import {APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError} from 'openai'

import {ChatFailure, type ChatParameters} from './chat-answer.js'
import {NO_TOKENS} from './spending.js'

const PARAMETERS: Readonly<Record<string, keyof ChatParameters>> = {
  temperature: 'temperature',
  seed: 'seed',
  response_format: 'jsonSchema',
  json_schema: 'jsonSchema',
}

/** A connection that never stood: nobody can have worked on the request. */
const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** What went wrong with a request, as far as the next one needs to know, and whether it may have cost tokens. */
export function toChatFailure(error: unknown, signal: AbortSignal): ChatFailure {
  const {message} = error as Error
  if (error instanceof APIUserAbortError || signal.aborted)
    return new ChatFailure('aborted', 'timed_out', {retry: false})
  if (error instanceof APIConnectionTimeoutError) return new ChatFailure(message, 'timed_out', {retry: true})
  if (error instanceof APIConnectionError) return notConnected(error)
  if (error instanceof APIError && typeof error.status === 'number') return ofStatus(error.status, error, message)
  // An answer that is no JSON, or ends in the middle.
  return new ChatFailure(`unreadable answer: ${message}`, 'server_error', {retry: true})
}

// A request that is refused was not worked on; one that failed on the way may have been.
function ofStatus(status: number, error: APIError, message: string): ChatFailure {
  const retryAfterMs = retryAfter(error.headers)
  if (status === 408 || status >= 500) return new ChatFailure(message, 'server_error', {retry: true, retryAfterMs})
  const refused = (reason: UnmeasuredReason, next: ChatFailure['next']): ChatFailure =>
    new ChatFailure(message, reason, next, NO_TOKENS)
  if (status === 429) return refused('rate_limited', {retry: true, retryAfterMs})
  if (status === 401 || status === 403) return refused('judge_failed', {retry: false, fatal: 'key'})
  if (status === 404) return refused('judge_failed', {retry: false, fatal: 'model'})
  const drop = Object.entries(PARAMETERS).find(([name]) => message.includes(name))?.[1]
  return refused('judge_failed', {retry: drop !== undefined, drop})
}

/** Milliseconds; the header holds seconds or a date (RFC 9110, 10.2.3), some servers send milliseconds under another name. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const exact = headers?.get('retry-after-ms')
  if (exact) return positive(Number(exact))
  const text = headers?.get('retry-after')
  if (!text) return undefined
  const seconds = Number(text)
  return positive(Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000)
}

function positive(milliseconds: number): number | undefined {
  return milliseconds > 0 ? milliseconds : undefined
}

interface Cause {
  message?: string
  code?: string
  cause?: Cause
}

function notConnected(error: APIConnectionError): ChatFailure {
  const cause = error.cause as Cause | undefined
  const tokens = NEVER_SENT.has(cause?.cause?.code ?? cause?.code) ? NO_TOKENS : undefined
  const message = cause?.cause?.message ?? cause?.message ?? error.message
  return new ChatFailure(message, 'unreachable', {retry: true}, tokens)
}
