import {ask, type Asked, type Asker, type Question, type ReadAnswer, refusalText, type Reply} from '@ep23/llm'
import {canonicalLine} from '@ep23/plugin-exporters'
import type {JudgedSample} from '@ep23/sdk'

import {answerProblem, writtenText} from '../../domain/answers/answer-problem.js'
import type {AnswerWriter, WrittenAnswer} from '../../domain/answers/answer-writer.js'
import {rewriteMessages, writingMessages} from '../../domain/answers/writing-prompt.js'
import {hashText} from '../sha256.js'

export interface LlmWriterOptions extends Asker {
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
    write: async (sample, {answer, signal}) =>
      toWritten(await ask(options, questionOf(options, sample, answer), signal)),
  }
}

function questionOf(
  {model, prompt, temperature, seed, endpoint}: LlmWriterOptions,
  {source_text: source}: JudgedSample,
  answer: number,
): Question<string> {
  const request = {model, messages: writingMessages(prompt.text, source), temperature, seed: seed + answer - 1}
  return {
    key: hashText(canonicalLine({endpoint, request, answer})),
    request,
    read: readText,
    repair: (messages, _, problem) => rewriteMessages(messages, problem),
  }
}

function readText({reply, finish, isReasoning}: Reply, isLast: boolean): ReadAnswer<string> {
  if (finish === 'refused') return {unmeasured: 'refused', detail: refusalText(reply)}
  if (finish === 'cut_short') return {unmeasured: 'cut_short', detail: 'the answer was longer than the server allows'}
  const text = isReasoning ? '' : writtenText(reply)
  const problem = answerProblem(text)
  if (!problem) return {value: text}
  return isLast ? {unmeasured: problem.reason, detail: problem.toUser} : {problem: problem.toModel}
}

function toWritten(asked: Asked<string>): WrittenAnswer {
  const {answer, cached, usage} = asked
  const trail = answer && {
    key: answer.key,
    cached,
    model: answer.model,
    system_fingerprint: answer.system_fingerprint,
    sent: {temperature: answer.sent.temperature, seed: answer.sent.seed},
  }
  const whole = {usage: usage ?? null, trail: trail ?? null}
  if ('value' in asked)
    return {text: asked.value, missing: null, latency_seconds: asked.answer.latency_seconds, ...whole}
  const missing = {unmeasured: asked.unmeasured, detail: `nothing was written: ${asked.detail}`}
  return {text: null, missing, latency_seconds: null, ...whole}
}
