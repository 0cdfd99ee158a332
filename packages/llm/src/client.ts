import {setTimeout as delay} from 'node:timers/promises'

import type {TokenUsage} from '@ep23/sdk'

import type {Endpoint} from './endpoint.js'
import {type Droppable, LlmFailure} from './failures.js'
import {AdaptiveLimit} from './transport/adaptive-limit.js'
import {postJson} from './transport/post-json.js'
import {clipLine, isPage, webPageText} from './transport/error-body.js'
import {failureInBody, failureOfStatus} from './transport/read-failure.js'
import {readEventStream} from './transport/event-stream.js'
import {addUsage, NO_USAGE, type TokenCount, type TokenPrices, usageOf} from './usage.js'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 20_000
/** Characters of a reply that is no JSON which may hold what is told of it. */
const LONGEST_QUOTED = 10_000
/** Longest wait in seconds that a server may ask for within a run. */
const LONGEST_WAIT_SECONDS = 60

export interface ClientOptions {
  endpoint: Endpoint
  /** Requests for one answer. */
  attempts: number
  /** Seconds for one request. */
  attemptSeconds: number
  /** Longest wait that a server may ask for; a longer one ends the run. Default 60 s, and never more. */
  longestWaitSeconds?: number | undefined
  /** Shared by all who ask the same server; one of its own, of two requests at once, without. */
  limit?: AdaptiveLimit | undefined
  prices?: TokenPrices | undefined
  /** W3C trace context of the request. */
  traceparent?: (() => string) | undefined
}

/** What is asked, without what servers refuse. */
export interface JsonRequest {
  /** Below the endpoint: `/chat/completions`. */
  path: string
  /** The body without the parameters that this server is known to refuse. */
  body: (refused: ReadonlySet<Droppable>) => Readonly<Record<string, unknown>>
  longestReply?: number
}

export interface JsonReply<T> {
  value: T
  usage: TokenUsage
  /** Of the request that was answered. */
  latencySeconds: number
  /** As it was answered. */
  sent: Readonly<Record<string, unknown>>
}

/** What a reader makes of a reply: the answer with its tokens. @throws LlmFailure when there is none in it */
type ReadReply<T> = (json: unknown) => {value: T; tokens: TokenCount | undefined}

/** The one client of a model server: it asks until there is an answer, as patiently as the server wants it, and knows why there is none. */
export class LlmClient {
  readonly endpoint: Endpoint
  /** By model: what one refuses another may take. */
  readonly #refused = new Map<string, Set<Droppable>>()
  readonly #limit: AdaptiveLimit
  #answered = false

  constructor(private readonly options: ClientOptions) {
    this.endpoint = options.endpoint
    this.#limit = options.limit ?? new AdaptiveLimit(2)
  }

  /** True once the server has given any answer: before that a failure is more likely the setting's fault than the moment's. */
  get hasAnswered(): boolean {
    return this.#answered
  }

  /**
   * Asks until there is an answer: waits as the server says, else ever longer, and leaves out what the server refuses.
   * @throws LlmFailure when all attempts are used up, asking again is no use, or the signal is aborted
   */
  async fetchWithRetry<T>(request: JsonRequest, read: ReadReply<T>, signal: AbortSignal): Promise<JsonReply<T>> {
    let usage = NO_USAGE
    let last: LlmFailure | undefined
    for (let attempt = 1; attempt <= this.options.attempts;) {
      try {
        if (last?.waits) await pause(attempt - 1, signal)
        const {value, tokens, ...reply} = await this.#attempt(request, read, signal)
        return {value, ...reply, usage: addUsage(usage, this.#usageOf(tokens))}
      } catch (error) {
        if (!(error instanceof LlmFailure) && !signal.aborted) throw error
        const failure = error instanceof LlmFailure ? this.#bounded(error) : stoppedFailure(last)
        if (error instanceof LlmFailure) usage = addUsage(usage, this.#usageOf(failure.tokens))
        failure.usage = usage
        if (!failure.retry) throw failure
        // A parameter less is another request, not another attempt; there are only so many of them.
        if (!failure.details.drop) attempt += 1
        last = failure
      }
    }
    throw last ?? new RangeError('attempts must be at least 1')
  }

  async #attempt<T>(request: JsonRequest, read: ReadReply<T>, signal: AbortSignal) {
    return this.#limit.run(async () => {
      const started = performance.now()
      try {
        const answered = await this.#send(request, read, signal)
        this.#answered = true
        this.#limit.succeeded(started)
        return {...answered, latencySeconds: (performance.now() - started) / 1000}
      } catch (error) {
        if (error instanceof LlmFailure && (error.kind === 'rate_limited' || error.details.retryAfterMs !== undefined))
          this.#limit.refused(started, this.#mayWait(error) ? error.details.retryAfterMs : undefined)
        throw error
      }
    }, signal)
  }

  async #send<T>({path, body, longestReply}: JsonRequest, read: ReadReply<T>, signal: AbortSignal) {
    const {endpoint, attemptSeconds, traceparent} = this.options
    const whole = body(new Set())
    const model = String(whole['model'])
    const refused = this.#refused.get(model) ?? new Set<Droppable>()
    const sent = body(refused)
    const context = {endpoint, sent: droppableIn(sent, refused)}
    const {status, headers, text} = await postJson(endpoint, path, sent, {
      seconds: attemptSeconds,
      signal,
      ...(traceparent && {headers: {traceparent: traceparent()}}),
      ...(longestReply !== undefined && {longestReply}),
    })
    try {
      if (status < 200 || status > 299) throw failureOfStatus(status, text, headers, context)
      const json = toJson(text, headers['content-type'], endpoint)
      const failure = failureInBody(json, text, headers, context)
      if (failure) throw failure
      return {...read(json), sent}
    } catch (error) {
      if (error instanceof LlmFailure && error.details.drop)
        this.#refused.set(model, (this.#refused.get(model) ?? new Set()).add(error.details.drop))
      throw error
    }
  }

  #usageOf(tokens: TokenCount | undefined): TokenUsage {
    return usageOf(tokens, this.options.prices ?? {prompt: undefined, completion: undefined})
  }

  #mayWait({details: {retryAfterMs}}: LlmFailure): boolean {
    const {longestWaitSeconds = LONGEST_WAIT_SECONDS} = this.options
    return (retryAfterMs ?? 0) <= Math.min(longestWaitSeconds, LONGEST_WAIT_SECONDS) * 1000
  }

  /** A wait that the run cannot sit out ends it now, and says so. */
  #bounded(failure: LlmFailure): LlmFailure {
    if (!failure.retry || failure.details.drop || this.#mayWait(failure)) return failure
    return new LlmFailure('long_wait', failure.message, failure.details)
  }
}

/** Parameters of a request that a server might refuse. */
function droppableIn(sent: Readonly<Record<string, unknown>>, refused: ReadonlySet<Droppable>): ReadonlySet<Droppable> {
  const names = Object.keys(sent).filter(name => name !== 'model' && name !== 'messages' && name !== 'input')
  const messages = Array.isArray(sent['messages']) ? (sent['messages'] as {role?: unknown}[]) : []
  const system = messages.some(({role}) => role === 'system') && !refused.has('system')
  return new Set([...names, ...(system ? ['system'] : [])]) as Set<Droppable>
}

// Servers of many makes answer here: neither the type nor the form is taken for granted.
function toJson(text: string, type = '', endpoint: Endpoint): unknown {
  if (/^text\/event-stream/iu.test(type) || text.startsWith('data:')) return readEventStream(text)
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''))
  } catch {
    // Pages, half bodies and words are told as such.
    const said = endpoint.hide(text.slice(0, LONGEST_QUOTED))
    const shown = isPage(said) ? webPageText(said) : `not JSON: "${said.slice(0, 80)}"`
    throw new LlmFailure('unreadable', clipLine(said.trim() === '' ? 'an empty reply' : shown))
  }
}

/** The time ended while waiting to ask: what was waited out says more than the waiting. */
function stoppedFailure(last: LlmFailure | undefined): LlmFailure {
  if (!last) return new LlmFailure('timed_out', 'the time was over before asking', {retry: false})
  const message = `${last.message} (the time was over before asking again)`
  return new LlmFailure(last.kind, message, {...last.details, retry: false})
}

/** Spread out, so that what failed together does not come back together. */
async function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1))
  await delay(most * (0.5 + Math.random() / 2), undefined, {signal})
}
