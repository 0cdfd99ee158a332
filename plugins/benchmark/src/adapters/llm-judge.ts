import {type Asked, type Asker, askJson, type JsonQuestion, type StoredAnswer} from '@ep23/llm'
import {answerText, cutText} from '@ep23/llm/text'
import {canonicalLine} from '@ep23/plugin-exporters'
import {
  type Judge,
  type JudgeContext,
  type JudgedSample,
  type Judgement,
  type UnmeasuredReason,
  usageError,
} from '@ep23/sdk'

import {type JudgePrompt, repairMessages} from '../domain/judge-prompt.js'
import {judgePrompt, PROMPT_VERSIONS} from '../domain/judge-prompts.js'
import {judgeSignature} from '../domain/judge-signature.js'
import type {Scenario} from '../domain/scenario.js'
import {type AskerSources, openAsker} from './open-asker.js'
import {hashText} from './sha256.js'
import {message} from '../words/words.js'

/** @throws Ep23Error USAGE (64) without a server, a model or a prompt that exists */
export function openLlmJudge(scenario: Scenario, {runtime, llm, limit}: AskerSources): Judge {
  const prices = {prompt: llm.promptPrice, completion: llm.completionPrice}
  const {asker, endpoint, retune} = openAsker(runtime, llm, {neededBy: message('llmJudgeNeeds'), limit, prices})
  if (!llm.model) throw usageError(message('judgeNeedsModel'), [message('nameServerModel')])
  if (!PROMPT_VERSIONS.includes(scenario.prompt))
    throw usageError(message('noSuchPrompt', {scenario: scenario.name, prompt: scenario.prompt}), [
      message('promptsAre', {names: PROMPT_VERSIONS.join(', ')}),
    ])
  return llmJudge({
    ...asker,
    retune,
    endpoint,
    model: llm.model,
    promptVersion: scenario.prompt,
    scores: scenario.scores,
    temperature: llm.temperature,
    seed: llm.seed,
    maxSourceCharacters: llm.maxSourceCharacters,
    concurrency: llm.concurrency,
  })
}

export interface LlmJudgeOptions extends Asker {
  /** Name of the server: the same model name elsewhere may be another model. */
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

/** Answers to one source have seeds apart by more than any number of repeats. */
const SEEDS_AN_ANSWER = 100

/** A language model as judge. It never throws for a sample: what cannot be scored says why. */
export function llmJudge(options: LlmJudgeOptions): Judge {
  const {model, promptVersion, scores, endpoint, temperature, seed, maxSourceCharacters} = options
  const asked = judgePrompt(promptVersion)
  const prompt = {version: promptVersion, sha256: hashText(asked.text)}
  return {
    name: 'llm',
    signature: judgeSignature('llm', asked.reading, {prompt: promptVersion, psha: prompt.sha256.slice(0, 12)}),
    scale: 'llm',
    scores,
    model,
    prompt,
    settings: {endpoint, temperature, seed, max_source_characters: maxSourceCharacters},
    concurrency: options.concurrency,
    ...(options.retune && {retune: options.retune}),
    judge: (sample, context) => judgeSample({...options, prompt: asked}, sample, context),
  }
}

interface Judging extends LlmJudgeOptions {
  prompt: JudgePrompt
}

async function judgeSample(options: Judging, sample: JudgedSample, context: JudgeContext): Promise<Judgement> {
  if (sample.summary_markdown.trim() === '') return nothing(options, 'empty_summary')
  const unasked = options.prompt.nothingToAsk?.(sample)
  if (unasked) return {scores: Object.fromEntries(options.scores.map(name => [name, unasked]))}
  const shown = cutText(sample.source_text, options.maxSourceCharacters)
  const question = questionOf(options, sample, context, shown)
  const asked = await askJson(options, question, context.signal)
  const {answer, usage} = asked
  const scores =
    'value' in asked
      ? options.prompt.score(asked.value, sample, options.scores)
      : nothing(options, asked.unmeasured, asked.detail).scores
  return {
    scores,
    ...(usage && {usage}),
    ...(answer && {
      truncated_characters: sample.source_text.length - shown.length,
      trail: trailOf(answer, asked),
    }),
  }
}

function questionOf(
  {model, prompt, scores, temperature, seed, endpoint}: Judging,
  sample: JudgedSample,
  {answer, repeat}: JudgeContext,
  shown: string,
): JsonQuestion<unknown> {
  const request = {
    model,
    messages: prompt.messages(sample, shown),
    temperature,
    // Repeats of one question get seeds of their own: with one seed a server may only repeat itself.
    seed: seed + (answer - 1) * SEEDS_AN_ANSWER + repeat - 1,
    schema: {name: 'judgement', schema: prompt.schema(scores)},
  }
  return {
    key: hashText(canonicalLine({endpoint, request, answer, repeat})),
    request,
    read: json => prompt.read(json, sample, scores),
    repair: (messages, reply, problem) => repairMessages(messages, answerText(reply), problem),
  }
}

function trailOf(answer: StoredAnswer, {cached}: Asked<unknown>): NonNullable<Judgement['trail']> {
  const {key, reply, first_reply: first, latency_seconds, model, system_fingerprint, sent} = answer
  return {
    reply,
    ...(first !== undefined && {first_reply: first}),
    ...{key, cached, latency_seconds, model, system_fingerprint, sent},
  }
}

/** The same reason for every score. */
function nothing({scores}: LlmJudgeOptions, unmeasured: UnmeasuredReason, detail?: string): Judgement {
  const score = detail === undefined ? {unmeasured} : {unmeasured, detail}
  return {scores: Object.fromEntries(scores.map(name => [name, score]))}
}
