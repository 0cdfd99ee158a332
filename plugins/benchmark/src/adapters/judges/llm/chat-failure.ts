import {APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError} from 'openai'

import {ChatFailure, type ChatParameters} from './chat-answer.js'

const PARAMETERS: Readonly<Record<string, keyof ChatParameters>> = {
  temperature: 'temperature',
  seed: 'seed',
  response_format: 'jsonSchema',
  json_schema: 'jsonSchema',
}

/** What went wrong with a request, as far as the next one needs to know. */
export function toChatFailure(error: unknown, signal: AbortSignal): ChatFailure {
  const {message} = error as Error
  if (error instanceof APIUserAbortError || signal.aborted)
    return new ChatFailure('aborted', 'timed_out', {retry: false})
  if (error instanceof APIConnectionTimeoutError) return new ChatFailure(message, 'timed_out', {retry: true})
  if (error instanceof APIConnectionError) return new ChatFailure(causeOf(error), 'unreachable', {retry: true})
  if (error instanceof APIError && typeof error.status === 'number') return ofStatus(error.status, error, message)
  // An answer that is no JSON, or ends in the middle.
  return new ChatFailure(`unreadable answer: ${message}`, 'server_error', {retry: true})
}

function ofStatus(status: number, error: APIError, message: string): ChatFailure {
  const retryAfterMs = retryAfter(error.headers)
  if (status === 429) return new ChatFailure(message, 'rate_limited', {retry: true, retryAfterMs})
  if (status === 408 || status >= 500) return new ChatFailure(message, 'server_error', {retry: true, retryAfterMs})
  if (status === 401 || status === 403) return new ChatFailure(message, 'judge_failed', {retry: false, fatal: 'key'})
  if (status === 404) return new ChatFailure(message, 'judge_failed', {retry: false, fatal: 'model'})
  const drop = Object.entries(PARAMETERS).find(([name]) => message.includes(name))?.[1]
  return new ChatFailure(message, 'judge_failed', {retry: drop !== undefined, drop})
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

function causeOf(error: Error): string {
  const cause = error.cause as {cause?: {message?: string}; message?: string} | undefined
  return cause?.cause?.message ?? cause?.message ?? error.message
}
