import type {JudgedSample, UnmeasuredReason} from '@ep23/sdk'
import {canonicalLine} from '@ep23/plugin-exporters'

import {answerProblem, withoutFence} from '../../domain/answers/answer-problem.js'
import type {AnswerWriter, WrittenAnswer} from '../../domain/answers/answer-writer.js'
import {rewriteMessages, writingMessages} from '../../domain/answers/writing-prompt.js'
import type {StoredAnswer} from '../../domain/llm/stored-answer.js'
import {type Asked, askCached, type Asking, type Question} from '../chat/ask-cached.js'
import {hashText} from '../sha256.js'

export interface LlmWriterOptions extends Asking {
  endpoint: string
  model: string
  prompt: {version: string; text: string}
  /** Null: not sent, as the digests themselves are asked for. */
  temperature: number | null
  seed: number
  concurrency: number
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
    write: async (sample, {answer, signal}) => {
      const question = questionOf(options, sample, answer)
      return toWritten(await askCached(options, question, signal), question.key)
    },
  }
}

function questionOf(
  {model, prompt, temperature, seed, endpoint}: LlmWriterOptions,
  {source_text: source}: JudgedSample,
  answer: number,
): Question {
  const messages = writingMessages(prompt.text, source)
  const request = {model, messages, parameters: {temperature, seed: seed + answer - 1, jsonSchema: false}}
  return {
    key: hashText(canonicalLine({endpoint, request, answer})),
    request,
    again: reply => {
      const problem = answerProblem(withoutFence(reply))
      return problem && rewriteMessages(messages, problem.toModel)
    },
  }
}

function toWritten(asked: Asked, key: string): WrittenAnswer {
  if ('missing' in asked) return nothingWritten(asked)
  const {answer, cached, usage} = asked
  const {latency_seconds, model, system_fingerprint, sent} = answer
  const text = withoutFence(answer.reply)
  const missing = missingOf(answer, text)
  return {
    text: missing ? null : text,
    missing,
    latency_seconds: missing ? null : latency_seconds,
    usage,
    trail: {key, cached, model, system_fingerprint, sent: {temperature: sent.temperature, seed: sent.seed}},
  }
}

function nothingWritten({missing, detail, usage}: Extract<Asked, {detail: string}>): WrittenAnswer {
  const unmeasured = {unmeasured: missing, detail: `nothing was written: ${detail}`}
  return {text: null, missing: unmeasured, latency_seconds: null, usage: usage ?? null, trail: null}
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
