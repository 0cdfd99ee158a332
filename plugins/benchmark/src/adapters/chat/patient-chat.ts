import {setTimeout as delay} from 'node:timers/promises'

import {Ep23Error, EXIT} from '@ep23/sdk'

import type {AdaptiveLimit} from './adaptive-limit.js'
import {type ChatAnswer, ChatFailure, type ChatParameters} from './chat-answer.js'
import type {Chat, ChatRequest} from './chat-client.js'
import {NOTHING_SPENT, type Spending, withCall} from './spending.js'

export interface Patience {
  /** Requests for one answer. */
  attempts: number
  /** Seconds for one request. */
  attemptSeconds: number
}

export interface AskedAnswer {
  answer: ChatAnswer
  parameters: ChatParameters
  /** All requests for it, the failed ones too. */
  spent: Spending
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 20_000

/** Asks until there is an answer: waits as the server says, else ever longer, and leaves out what the server refuses. */
export class PatientChat {
  readonly #refused = new Set<keyof ChatParameters>()
  #answered = 0

  constructor(
    private readonly chat: Chat,
    private readonly limit: AdaptiveLimit,
    private readonly patience: Patience,
  ) {}

  /**
   * @throws ChatFailure when all attempts are used up; Ep23Error LLM_KEY_REFUSED (77), LLM_NO_MODEL (64) or LLM_UNREACHABLE (69)
   * when no sample could ever be judged
   */
  async ask(request: ChatRequest, signal: AbortSignal): Promise<AskedAnswer> {
    let spent = NOTHING_SPENT
    for (let attempt = 1; ; attempt++) {
      const parameters = this.#accepted(request.parameters)
      try {
        const answer = await this.#attempt({...request, parameters}, signal)
        return {answer, parameters, spent: withCall(spent, answer.tokens)}
      } catch (error) {
        // Whoever was still waiting for room has sent nothing.
        if (error instanceof ChatFailure) spent = withCall(spent, error.tokens)
        const failure = this.#examine(error, request.model)
        failure.spent = spent
        if (attempt >= this.patience.attempts || !failure.next.retry) throw this.#final(failure)
        if (failure.next.retryAfterMs === undefined && !failure.next.drop) await pause(attempt, signal, failure)
      }
    }
  }

  async #attempt(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    return this.limit.run(async () => {
      const started = performance.now()
      try {
        const answer = await this.chat(request, {signal, seconds: this.patience.attemptSeconds})
        this.#answered += 1
        this.limit.succeeded(started)
        return answer
      } catch (error) {
        if (error instanceof ChatFailure && (error.reason === 'rate_limited' || error.next.retryAfterMs !== undefined))
          this.limit.refused(started, error.next.retryAfterMs)
        throw error
      }
    }, signal)
  }

  #accepted({temperature, seed, jsonSchema}: ChatParameters): ChatParameters {
    return {
      temperature: this.#refused.has('temperature') ? null : temperature,
      seed: this.#refused.has('seed') ? null : seed,
      jsonSchema: jsonSchema && !this.#refused.has('jsonSchema'),
    }
  }

  #examine(error: unknown, model: string): ChatFailure {
    const failure = error instanceof ChatFailure ? error : new ChatFailure('aborted', 'timed_out', {retry: false})
    if (failure.next.drop) this.#refused.add(failure.next.drop)
    if (failure.next.fatal === 'key')
      throw new Ep23Error(`the model server refuses the key: ${failure.message}`, {
        code: 'LLM_KEY_REFUSED',
        exit: EXIT.notPermitted,
        suggestions: ['set OPENAI_API_KEY to a key of that server'],
      })
    if (failure.next.fatal === 'model')
      throw new Ep23Error(`the model server has no ${model}: ${failure.message}`, {
        code: 'LLM_NO_MODEL',
        exit: EXIT.usage,
        suggestions: [
          'choose another with --model',
          'check that LLM_URL ends where the server expects it, often in /v1',
        ],
      })
    return failure
  }

  #final(failure: ChatFailure): Error {
    if (failure.reason !== 'unreachable' || this.#answered > 0) return failure
    return new Ep23Error(`the model server cannot be reached: ${failure.message}`, {
      code: 'LLM_UNREACHABLE',
      exit: EXIT.unavailable,
      suggestions: ['check LLM_URL and that the server runs', 'judge offline with --judge lexical'],
    })
  }
}

async function pause(attempt: number, signal: AbortSignal, failure: ChatFailure): Promise<void> {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1))
  try {
    // Spread out, so that what failed together does not come back together.
    await delay(most * (0.5 + Math.random() / 2), undefined, {signal})
  } catch {
    // The sample's time ended while waiting: what was waited out says more than the waiting.
    const message = `${failure.message} (gave up when the time for this sample was over)`
    const last = new ChatFailure(message, failure.reason, {retry: false})
    last.spent = failure.spent
    throw last
  }
}
