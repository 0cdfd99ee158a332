import {ask, type Asked, type Asker, type Question, type ReadAnswer, declineText, type Reply} from '@ep23/llm'
import {canonicalLine} from '@ep23/plugin-exporters'
import {type JudgedSample, usageError} from '@ep23/sdk'

import type {AnswerWriter, WrittenAnswer} from '../domain/answers.js'
import type {Scenario} from '../domain/scenario.js'
import {
  answerProblem,
  writtenText,
  rewriteMessages,
  writingMessages,
  ANSWERABLE_PROMPTS,
  writingPrompt,
} from '../domain/writing-prompt.js'
import {type AskerSources, openAsker} from './open-asker.js'
import {hashText} from './sha256.js'
import {message} from '../words/words.js'

export interface WriterOptions {
  temperature: number | undefined
  promptPrice: number | undefined
  completionPrice: number | undefined
}

/** Server, limit, seed and patience are the judge's. */
export interface WriterSources extends AskerSources {
  options: WriterOptions
}

/** @throws Ep23Error USAGE (64) without a server, and for a scenario whose prompt nobody knows how to answer */
export function openLlmWriter(model: string, scenario: Scenario, sources: WriterSources): AnswerWriter {
  const {runtime, llm, limit, options} = sources
  // The judge's prices are of the judge's model.
  const same = llm.model === model
  const prices = {
    prompt: options.promptPrice ?? (same ? llm.promptPrice : undefined),
    completion: options.completionPrice ?? (same ? llm.completionPrice : undefined),
  }
  const neededBy = message('writerNeeds', {model})
  const {asker, endpoint, retune} = openAsker(runtime, llm, {neededBy, limit, prices})
  const prompt = writingPrompt(scenario.prompt)
  if (!prompt)
    throw usageError(message('promptUnanswerable', {prompt: scenario.prompt, scenario: scenario.name}), [
      message('knownPrompts', {prompts: ANSWERABLE_PROMPTS.join(', ')}),
      message('orWriteWithoutModel'),
    ])
  return llmWriter({
    ...asker,
    endpoint,
    model,
    prompt,
    temperature: options.temperature ?? null,
    seed: llm.seed,
    concurrency: llm.concurrency,
    retune,
  })
}

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
  if (finish === 'refused') return {unmeasured: 'refused', detail: declineText(reply)}
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
