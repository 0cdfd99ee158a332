import type {Clock, Judge, JudgeContext, JudgedSample, Judgement, UnmeasuredReason} from '@ep23/sdk'

import {canonicalLine} from '@ep23/plugin-exporters'
import {judgeSignature} from '../../../domain/judge-signature.js'
import {
  type ChatMessage,
  judgeMessages,
  promptText,
  repairMessages,
  replySchema,
} from '../../../domain/llm/judge-prompt.js'
import {readReply} from '../../../domain/llm/read-reply.js'
import type {AnswerCache, StoredAnswer} from '../../../domain/llm/stored-answer.js'
import {hashText} from '../../sha256.js'
import {ChatFailure} from './chat-answer.js'
import type {ChatRequest} from './chat-client.js'
import type {PatientChat} from './patient-chat.js'
import {NOTHING_SPENT, type Spending, type TokenPrices, together, toUsage} from './spending.js'
import {repaired, spendingOf, toStoredAnswer} from './to-stored-answer.js'

export interface LlmJudgeOptions {
  chat: PatientChat
  cache: AnswerCache
  clock: Clock
  /** Host of the server: the same model name elsewhere may be another model. */
  endpoint: string
  model: string
  promptVersion: string
  scores: readonly string[]
  temperature: number
  seed: number
  maxSourceCharacters: number
  concurrency: number
  /** Only stored answers. */
  offline: boolean
  prices: TokenPrices
  retune?: (concurrency: number) => void
}

/** Raised when another reading of the same answer would give other scores. */
const READING_VERSION = 1

/** A language model as judge. It never throws for a sample: what cannot be scored says why. */
export function llmJudge(options: LlmJudgeOptions): Judge {
  const {model, promptVersion, scores, endpoint, temperature, seed, maxSourceCharacters} = options
  const prompt = {version: promptVersion, sha256: hashText(promptText(promptVersion))}
  return {
    name: 'llm',
    signature: judgeSignature('llm', READING_VERSION, {prompt: promptVersion, psha: prompt.sha256.slice(0, 12)}),
    scale: 'llm',
    scores,
    model,
    prompt,
    settings: {endpoint, temperature, seed, max_source_characters: maxSourceCharacters},
    concurrency: options.concurrency,
    ...(options.retune && {retune: options.retune}),
    judge: (sample, context) => new Question(options, sample, context).judge(),
  }
}

class Question {
  readonly #shown: string
  readonly #request: ChatRequest
  readonly #key: string
  /** On an answer that could not be used, before it is asked for again. */
  #spent: Spending = NOTHING_SPENT

  constructor(
    private readonly options: LlmJudgeOptions,
    private readonly sample: JudgedSample,
    private readonly context: JudgeContext,
  ) {
    const {model, promptVersion, scores, temperature, seed, endpoint, maxSourceCharacters} = options
    this.#shown = cut(sample.source_text, maxSourceCharacters)
    const messages = judgeMessages(promptVersion, sample, this.#shown)
    // Repeats of one question get seeds of their own: with one seed a server may only repeat itself.
    const parameters = {temperature, seed: seed + context.repeat - 1, jsonSchema: true}
    this.#request = {model, messages, parameters, schema: replySchema(scores)}
    this.#key = hashText(canonicalLine({endpoint, request: this.#request, repeat: context.repeat}))
  }

  async judge(): Promise<Judgement> {
    if (this.sample.summary_markdown.trim() === '') return this.#nothing('empty_summary')
    const stored = await this.options.cache.find(this.#key)
    if (stored) return this.#judgement(stored, true)
    if (this.options.offline) return this.#nothing('not_in_cache', 'no stored answer to this question')
    try {
      const answer = await this.#ask()
      await this.options.cache.save(answer)
      return this.#judgement(answer, false)
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error
      // What failed was paid for all the same.
      const usage = toUsage(together(this.#spent, error.spent), this.options.prices)
      return {...this.#nothing(error.reason, error.message), usage}
    }
  }

  async #ask(): Promise<StoredAnswer> {
    const first = await this.#send(this.#request.messages)
    this.#spent = spendingOf(first)
    const read = readReply(first.reply, this.sample, this.options.scores)
    if (first.refused || first.cut_short || !('problem' in read)) return first
    return repaired(first, await this.#send(repairMessages(this.#request.messages, first.reply, read.problem)))
  }

  async #send(messages: readonly ChatMessage[]): Promise<StoredAnswer> {
    const asked = await this.options.chat.ask({...this.#request, messages}, this.context.signal)
    return toStoredAnswer(this.#key, asked, this.options.clock.now())
  }

  #judgement(answer: StoredAnswer, cached: boolean): Judgement {
    const {reply, first_reply: first, latency_seconds, model, system_fingerprint, sent} = answer
    return {
      scores: this.#scores(answer),
      truncated_characters: this.sample.source_text.length - this.#shown.length,
      usage: cached
        ? {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0}
        : toUsage(spendingOf(answer), this.options.prices),
      trail: {
        reply,
        ...(first === undefined ? {} : {first_reply: first}),
        ...{key: this.#key, cached, latency_seconds, model, system_fingerprint, sent},
      },
    }
  }

  #scores(answer: StoredAnswer): Judgement['scores'] {
    if (answer.refused) return this.#nothing('refused', answer.reply.slice(0, 200)).scores
    const read = readReply(answer.reply, this.sample, this.options.scores)
    if (!('problem' in read)) return read.scores
    return this.#nothing(answer.cut_short ? 'cut_short' : 'invalid_reply', read.problem).scores
  }

  #nothing(unmeasured: UnmeasuredReason, detail?: string): Judgement {
    const score = detail === undefined ? {unmeasured} : {unmeasured, detail}
    return {scores: Object.fromEntries(this.options.scores.map(name => [name, score]))}
  }
}

/** Never in the middle of a surrogate pair. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/u, '')
}
