import type {Clock, JudgedSample, UnmeasuredReason} from '@ep23/sdk'
import {canonicalLine} from '@ep23/plugin-exporters'

import {answerProblem, withoutFence} from '../../domain/answers/answer-problem.js'
import type {AnswerWriter, WrittenAnswer} from '../../domain/answers/answer-writer.js'
import {rewriteMessages, writingMessages} from '../../domain/answers/writing-prompt.js'
import type {AnswerCache, StoredAnswer} from '../../domain/llm/stored-answer.js'
import {ChatFailure} from '../judges/llm/chat-answer.js'
import type {ChatRequest} from '../judges/llm/chat-client.js'
import type {PatientChat} from '../judges/llm/patient-chat.js'
import {NOTHING_SPENT, type Spending, together, type TokenPrices, toUsage} from '../judges/llm/spending.js'
import {repaired, spendingOf, toStoredAnswer} from '../judges/llm/to-stored-answer.js'
import {hashText} from '../sha256.js'

export interface LlmWriterOptions {
  chat: PatientChat
  cache: AnswerCache
  clock: Clock
  endpoint: string
  model: string
  prompt: {version: string; text: string}
  /** Null: not sent, as the digests themselves are asked for. */
  temperature: number | null
  seed: number
  concurrency: number
  /** Only stored answers. */
  offline: boolean
  prices: TokenPrices
  retune: (concurrency: number) => void
}

/** A language model as writer. Each answer has a seed and a place in the cache of its own: none is a copy of another. */
export function llmWriter(options: LlmWriterOptions): AnswerWriter {
  const {model, prompt, endpoint, temperature, seed, concurrency, retune} = options
  return {
    model,
    prompt: {version: prompt.version, sha256: hashText(prompt.text)},
    settings: {endpoint, temperature, seed},
    concurrency,
    retune,
    write: (sample, {answer, signal}) => new Draft(options, sample, answer, signal).write(),
  }
}

class Draft {
  readonly #request: ChatRequest
  readonly #key: string
  /** On a text that could not be used, before it is asked for again. */
  #spent: Spending = NOTHING_SPENT

  constructor(
    private readonly options: LlmWriterOptions,
    {source_text: source}: JudgedSample,
    answer: number,
    private readonly signal: AbortSignal,
  ) {
    const {model, prompt, temperature, seed, endpoint} = options
    const parameters = {temperature, seed: seed + answer - 1, jsonSchema: false}
    this.#request = {model, messages: writingMessages(prompt.text, source), parameters}
    this.#key = hashText(canonicalLine({endpoint, request: this.#request, answer}))
  }

  async write(): Promise<WrittenAnswer> {
    const stored = await this.options.cache.find(this.#key)
    if (stored) return this.#written(stored, true)
    if (this.options.offline) return this.#nothing('not_in_cache', 'no stored answer to this source')
    try {
      const answer = await this.#ask()
      await this.options.cache.save(answer)
      return this.#written(answer, false)
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error
      const usage = toUsage(together(this.#spent, error.spent), this.options.prices)
      return {...this.#nothing(error.reason, error.message), usage}
    }
  }

  async #ask(): Promise<StoredAnswer> {
    const first = await this.#send(this.#request.messages)
    this.#spent = spendingOf(first)
    const problem = answerProblem(withoutFence(first.reply))
    if (first.refused || first.cut_short || problem === undefined) return first
    return repaired(first, await this.#send(rewriteMessages(this.#request.messages, problem.toModel)))
  }

  async #send(messages: ChatRequest['messages']): Promise<StoredAnswer> {
    const asked = await this.options.chat.ask({...this.#request, messages}, this.signal)
    return toStoredAnswer(this.#key, asked, this.options.clock.now())
  }

  #written(answer: StoredAnswer, cached: boolean): WrittenAnswer {
    const {latency_seconds, model, system_fingerprint, sent} = answer
    const text = withoutFence(answer.reply)
    const missing = missingOf(answer, text)
    return {
      text: missing ? null : text,
      missing,
      latency_seconds: missing ? null : latency_seconds,
      usage: cached
        ? {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0}
        : toUsage(spendingOf(answer), this.options.prices),
      trail: {
        ...{key: this.#key, cached, model, system_fingerprint},
        sent: {temperature: sent.temperature, seed: sent.seed},
      },
    }
  }

  #nothing(unmeasured: UnmeasuredReason, detail: string): WrittenAnswer {
    const missing = {unmeasured, detail: `nothing was written: ${detail}`}
    return {text: null, missing, latency_seconds: null, usage: null, trail: null}
  }
}

function missingOf({refused, cut_short: cutShort, reply}: StoredAnswer, text: string): WrittenAnswer['missing'] {
  const of = (unmeasured: UnmeasuredReason, detail: string) => ({
    unmeasured,
    detail: `nothing was written: ${detail}`,
  })
  if (refused) return of('refused', reply.slice(0, 200))
  if (cutShort) return of('cut_short', 'the answer was longer than the server allows')
  const problem = answerProblem(text)
  return problem ? of(problem.reason, problem.toUser) : null
}
