import type {Judge, JudgeContext, JudgedSample, Judgement, UnmeasuredReason} from '@ep23/sdk'

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
import type {StoredAnswer} from '../../../domain/llm/stored-answer.js'
import {type Asked, askCached, type Asking, type Question} from '../../chat/ask-cached.js'
import {hashText} from '../../sha256.js'

export interface LlmJudgeOptions extends Asking {
  /** Host of the server: the same model name elsewhere may be another model. */
  endpoint: string
  model: string
  promptVersion: string
  scores: readonly string[]
  temperature: number
  seed: number
  maxSourceCharacters: number
  concurrency: number
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
    judge: (sample, context) => new Judging(options, sample, context).judge(),
  }
}

class Judging {
  readonly #shown: string
  readonly #question: Question

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
    const request = {model, messages, parameters, schema: replySchema(scores)}
    const key = hashText(canonicalLine({endpoint, request, repeat: context.repeat}))
    this.#question = {key, request, again: reply => this.#repair(messages, reply)}
  }

  async judge(): Promise<Judgement> {
    if (this.sample.summary_markdown.trim() === '') return this.#nothing('empty_summary')
    const asked = await askCached(this.options, this.#question, this.context.signal)
    if ('answer' in asked) return this.#judgement(asked)
    const {missing, detail, usage} = asked
    return {...this.#nothing(missing, detail), ...(usage && {usage})}
  }

  #repair(messages: readonly ChatMessage[], reply: string): readonly ChatMessage[] | undefined {
    const read = readReply(reply, this.sample, this.options.scores)
    return 'problem' in read ? repairMessages(messages, reply, read.problem) : undefined
  }

  #judgement({answer, cached, usage}: Extract<Asked, {answer: StoredAnswer}>): Judgement {
    const {reply, first_reply: first, latency_seconds, model, system_fingerprint, sent} = answer
    return {
      scores: this.#scores(answer),
      truncated_characters: this.sample.source_text.length - this.#shown.length,
      usage,
      trail: {
        reply,
        ...(first === undefined ? {} : {first_reply: first}),
        ...{key: this.#question.key, cached, latency_seconds, model, system_fingerprint, sent},
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
