import type {QueryWriter, WrittenQueries} from '../../domain/query-writer.js'
import {openServer, type Server} from './open-server.js'
import {type ChatMessage, QUERY_PROMPT_VERSION, QUERY_SCHEMA, queryPrompt, queryRepairPrompt} from './query-prompt.js'
import {readQueriesAnswer} from './read-queries-answer.js'

export interface QueryWriterOptions {
  url: string | undefined
  apiKey: string | undefined
  model: string
  /** 0 … 2. */
  temperature: number
  /** The first post's; the others count up from it. */
  seed: number
  timeoutSeconds: number
  signal: AbortSignal
}

/**
 * Queries by a language model behind OpenAI's `/chat/completions`. Model, temperature, seed and schema are sent as given; an answer
 * that cannot be read is asked for once more, with what is wrong with it.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function llmQueryWriter(options: QueryWriterOptions): QueryWriter {
  const server = openServer({...options, purpose: 'queries by a model'})
  return {
    model: options.model,
    prompt: QUERY_PROMPT_VERSION,
    async write(text, number) {
      const ask = (messages: ChatMessage[]) => complete(server, options, messages, options.seed + number)
      const messages = queryPrompt(text)
      const first = await ask(messages)
      if (!('problem' in first)) return {...first, repaired: false}
      const second = await ask(queryRepairPrompt(messages, first.problem))
      return 'problem' in second ? {queries: [], unusable: 'unreadable', repaired: true} : {...second, repaired: true}
    },
  }
}

type Answer = Omit<WrittenQueries, 'repaired'> | {problem: string}

async function complete(
  server: Server,
  {model, temperature, signal}: QueryWriterOptions,
  messages: ChatMessage[],
  seed: number,
): Promise<Answer> {
  const request = {
    model,
    messages,
    temperature,
    seed,
    response_format: {
      type: 'json_schema' as const,
      json_schema: {name: 'queries', strict: true, schema: QUERY_SCHEMA},
    },
  }
  return readCompletion(await server.ask(client => client.chat.completions.create(request, {signal})))
}

interface Completion {
  choices?: {message?: {content?: unknown; refusal?: unknown}; finish_reason?: unknown}[]
}

// Servers of many makes answer here: nothing is taken for granted.
function readCompletion(completion: unknown): Answer {
  const choice = (completion as Completion | null)?.choices?.[0]
  const content = choice?.message?.content
  if (choice?.message?.refusal || choice?.finish_reason === 'content_filter') return {queries: [], unusable: 'refused'}
  if (typeof content !== 'string' || content.trim() === '') return {queries: [], unusable: 'empty'}
  if (choice?.finish_reason === 'length') return {problem: 'он оборван'}
  const answer = readQueriesAnswer(content)
  return 'queries' in answer && answer.queries.length === 0 ? {queries: [], unusable: 'empty'} : answer
}
