import type {Endpoint} from '../endpoint.js'
import {type Droppable, type FailureDetails, type FailureKind, LlmFailure} from '../failures.js'
import {NO_TOKENS, tokensOf} from '../usage.js'
import {clipLine, type ErrorBody, readErrorBody} from './error-body.js'

/** Where a message names a parameter, it does so early; further on it may quote the prompt. */
const NAMED_WITHIN = 500
/** Characters of an error that may hold its message. */
const LONGEST_QUOTED = 10_000

/** How servers name a parameter that they refuse. */
const NAMES: readonly (readonly [Droppable, RegExp])[] = [
  [
    'response_format',
    /response[_ ]?format|json[_ ]?(?:schema|mode|object)|structured[_ ]?outputs?|guided[_ ]?(?:decoding|json)|grammar/iu,
  ],
  ['temperature', /\btemperature\b/iu],
  ['seed', /\bseed\b/iu],
  ['max_tokens', /\bmax_(?:completion_)?tokens\b/iu],
  ['system', /\bsystem\b.{0,40}\b(?:role|message|prompt|instruction)s?\b|\bonly user and assistant roles\b/iu],
  ['encoding_format', /\bencoding_format\b/iu],
  ['top_n', /\btop_n\b/iu],
  ['return_documents', /\breturn_documents\b/iu],
]

const QUOTA_CODE =
  /^(?:insufficient_(?:quota|balance|credits?|funds)|billing_\w+|quota_exceeded_permanently|payment_required)$/iu
const QUOTA_WORDS = /insufficient (?:credits?|balance|funds)|billing hard limit|payment required|out of credits/iu
const TOO_LONG =
  /context[_ ]?(?:length|window|size)|maximum context|prompt is too long|too many tokens|input (?:is )?too long/iu
const DECLINED = /^(?:content_filter|content_policy_violation|responsible_?ai\w*)$/iu
/** OpenRouter answers 403 for a text that its moderation holds back: the next text may pass. */
const FLAGGED = /moderation|flagged/iu

/** The failure that a reply with this status is. */
export function failureOfStatus(
  status: number,
  body: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  {endpoint, sent}: {endpoint: Endpoint; sent: ReadonlySet<Droppable>},
): LlmFailure {
  const error = readErrorBody(body)
  const kind = kindOf(status, error)
  const drop = mayName(kind) ? refusedParameter(error, sent) : undefined
  const details: FailureDetails = {
    status,
    drop,
    retryAfterMs: retryAfter(headers) ?? retryDelay(body),
    ...(drop && {tokens: NO_TOKENS}),
  }
  return new LlmFailure(kind, clipLine(endpoint.hide(error.message.slice(0, LONGEST_QUOTED))), details)
}

/** The failure that a reply of status 200 holds in place of an answer; undefined when there is none. */
export function failureInBody(
  json: unknown,
  text: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  context: {endpoint: Endpoint; sent: ReadonlySet<Droppable>},
): LlmFailure | undefined {
  const error = errorOf(json)
  if (error === undefined) return undefined
  const {status = 200} = readErrorBody(JSON.stringify(error))
  const failure = failureOfStatus(status >= 400 ? status : 502, text, headers, context)
  const tokens = tokensOf((json as {usage?: unknown}).usage)
  return new LlmFailure(failure.kind, failure.message, {...failure.details, status, ...(tokens && {tokens})})
}

/** `{error}`, an error object or a mere message in the place of the answer, or an error in the first choice. */
function errorOf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return undefined
  const {error, errors, object, choices} = json as Record<string, unknown>
  if (error !== undefined && error !== null && error !== false && error !== '') return {error}
  if (object === 'error' || isMessage(json as Record<string, unknown>)) return json
  if (Array.isArray(errors) && errors.length > 0) return {error: errors[0] as unknown}
  const inChoice = Array.isArray(choices) ? (choices[0] as {error?: unknown} | null)?.error : undefined
  return inChoice ? {error: inChoice} : undefined
}

/** `{"detail": "Not authenticated"}`: words, and nothing that could be an answer. */
function isMessage(json: Record<string, unknown>): boolean {
  const {message, msg, detail} = json
  const said = [message, msg, detail].some(value => typeof value === 'string' && value !== '')
  return said && !['choices', 'data', 'results', 'embeddings'].some(name => Array.isArray(json[name]))
}

function kindOf(status: number, {message, codes, status: inBody}: ErrorBody): FailureKind {
  if (status === 402 || inBody === 402 || codes.some(code => QUOTA_CODE.test(code))) return 'quota_spent'
  if (status >= 400 && status < 500 && QUOTA_WORDS.test(message)) return 'quota_spent'
  if (status === 403 && FLAGGED.test(message)) return 'declined'
  if (status === 401 || status === 403 || status === 407) return 'not_permitted'
  if (status === 429 || status === 529) return 'rate_limited'
  if (status === 400 || status === 413 || status === 422) {
    if (codes.some(code => DECLINED.test(code))) return 'declined'
    if (status === 413 || TOO_LONG.test(`${codes.join(' ')} ${message}`)) return 'too_long'
  }
  if (status === 404) return 'no_model'
  if (status === 408 || status === 425 || status === 409 || status >= 500) return 'server_failed'
  return 'request_refused'
}

// A server that refuses a parameter says so under any status, llama.cpp's 500 and vLLM's 501 among them.
function mayName(kind: FailureKind): boolean {
  return kind === 'request_refused' || kind === 'server_failed' || kind === 'no_model'
}

function refusedParameter({message, parameters}: ErrorBody, sent: ReadonlySet<Droppable>): Droppable | undefined {
  const candidates = NAMES.filter(([name]) => sent.has(name))
  const pointedAt = candidates.find(([, shape]) => parameters.some(name => shape.test(name)))
  const named = pointedAt ?? candidates.find(([, shape]) => shape.test(message.slice(0, NAMED_WITHIN)))
  return named?.[0]
}

/** Milliseconds; the header holds seconds or a date (RFC 9110, 10.2.3), some servers send milliseconds under another name. */
function retryAfter(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const {'retry-after-ms': exact = '', 'retry-after': text = ''} = headers
  const seconds = Number(text)
  const waits = [Number(exact), Number.isNaN(seconds) ? Date.parse(String(text)) - Date.now() : seconds * 1000]
  return positive(Math.max(...waits.filter(Number.isFinite)))
}

/** Google's servers: `{"retryDelay": "34s"}` in the error's details. */
function retryDelay(body: string): number | undefined {
  const seconds = /"retryDelay"\s*:\s*"(\d{1,9}(?:\.\d{1,9})?)s"/u.exec(body)?.[1]
  return seconds === undefined ? undefined : positive(Number(seconds) * 1000)
}

function positive(milliseconds: number): number | undefined {
  return milliseconds > 0 ? milliseconds : undefined
}
