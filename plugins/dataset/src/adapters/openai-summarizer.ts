import {usageError} from '@ep23/sdk'
import type {OpenAI} from 'openai'

import {digestHeading} from '../domain/documents/digest-markdown.js'
import type {DaySummary, DaySummaryInput, Summarizer} from '../domain/summarizer.js'
import {answerProblem, CUT_OFF, withoutWrapping, type AnswerProblem} from './openai/check-answer.js'
import {digestPrompt, PROMPT_VERSION, repairPrompt, type ChatMessage} from './openai/digest-prompt.js'
import {badAnswer, llmError, type Endpoint, type RequestError} from './openai/llm-errors.js'
import {patientFetch} from './openai/patient-fetch.js'

const ATTEMPT_TIMEOUT_MS = 120_000
const REQUEST_RETRIES = 4
const CONCURRENT_REQUESTS = 2

export interface OpenaiSummarizerOptions {
  /** Name of the model at the server. */
  model: string
  /** Base URL of an OpenAI-compatible server, from LLM_URL. */
  url: string | undefined
  /** From OPENAI_API_KEY; servers at home need none. */
  apiKey?: string | undefined
  /** Days that may be asked for at once. Default 2. */
  concurrency?: number
  /** Time-out of one attempt in milliseconds. Default 120,000. */
  timeoutMs?: number
  /** How often a failed request (429, 5xx, time-out, lost connection) is repeated, with growing pauses. Default 4. */
  retries?: number
}

/**
 * Has an OpenAI-compatible server write the digests. An answer that is empty, cut off, not Russian or links elsewhere than
 * to the day's posts is asked for once more and then refused; `llm_model` is the model that the server says has answered.
 * @throws Ep23Error when asked to summarize: LLM_UNREACHABLE, LLM_SERVER_FAILED (69), LLM_TOO_MANY_REQUESTS (75),
 *   LLM_NOT_PERMITTED (77), LLM_REQUEST_REFUSED (64), LLM_BAD_ANSWER (65). Without a URL: USAGE (64), at once.
 */
export function openaiSummarizer(options: OpenaiSummarizerOptions): Summarizer {
  const {model, url, apiKey, concurrency = CONCURRENT_REQUESTS} = options
  if (url === undefined || !URL.canParse(url))
    throw usageError(
      `LLM_URL ${url === undefined ? 'is not set' : `is no URL: "${url}"`}, and --summarizer openai:${model} needs it`,
      ['set it to the base URL of an OpenAI-compatible server, for example LLM_URL=http://localhost:11434/v1'],
    )
  const endpoint = {url, model, apiKey}
  let client: Promise<OpenAI> | undefined
  return {
    name: `openai:${model} ${PROMPT_VERSION}`,
    concurrency,
    summarize: async (input, signal) =>
      writeDigest(await (client ??= connect(endpoint, options)), endpoint, input, signal),
  }
}

// The package is large: it is loaded for the first digest.
async function connect({url, apiKey}: Endpoint, options: OpenaiSummarizerOptions): Promise<OpenAI> {
  const {OpenAI} = await import('openai')
  return new OpenAI({
    baseURL: url,
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    timeout: options.timeoutMs ?? ATTEMPT_TIMEOUT_MS,
    maxRetries: options.retries ?? REQUEST_RETRIES,
    fetch: patientFetch,
    logLevel: 'off',
  })
}

async function writeDigest(
  client: OpenAI,
  endpoint: Endpoint,
  input: DaySummaryInput,
  signal: AbortSignal,
): Promise<DaySummary> {
  const first = await ask(client, endpoint, digestPrompt(input), signal)
  const problem = problemOf(first, input)
  if (problem === undefined) return digestOf(first, input)
  const second = await ask(client, endpoint, repairPrompt(digestPrompt(input), problem.toModel), signal)
  const again = problemOf(second, input)
  if (again === undefined) return digestOf(second, input)
  throw badAnswer(again, endpoint, `${input.channel}, ${input.day}`)
}

function problemOf({text, cutOff}: Answer, input: DaySummaryInput): AnswerProblem | undefined {
  return cutOff ? CUT_OFF : answerProblem(text, input)
}

function digestOf({text, model}: Answer, {channel, day, posts}: DaySummaryInput): DaySummary {
  return {summary_markdown: `${digestHeading(channel, day, posts.length)}\n\n${text}\n`, llm_model: model}
}

interface Answer {
  text: string
  /** The model that the server says has answered. */
  model: string
  cutOff: boolean
}

async function ask(client: OpenAI, endpoint: Endpoint, messages: ChatMessage[], signal: AbortSignal): Promise<Answer> {
  try {
    const {choices, model} = await client.chat.completions.create({model: endpoint.model, messages}, {signal})
    const [choice] = choices ?? []
    return {
      text: withoutWrapping(choice?.message?.content ?? ''),
      model: model || endpoint.model,
      cutOff: choice?.finish_reason === 'length',
    }
  } catch (error) {
    signal.throwIfAborted()
    throw llmError(error as RequestError, endpoint)
  }
}
