import type {JsonReply, LlmClient} from './client.js'
import {type Droppable, LlmFailure} from './failures.js'
import {tokensOf} from './usage.js'
import type {TokenUsage} from '@ep23/sdk'

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ChatRequest {
  model: string
  messages: readonly ChatMessage[]
  /** Null: not sent. */
  temperature?: number | null
  seed?: number | null
  maxTokens?: number | null
  /** JSON Schema that the answer must fit, for servers that hold the model to it. */
  schema?: {name: string; schema: object}
}

/** What was sent, for those who want to repeat it; null where it was not asked for, or the server refuses it. */
export interface SentParameters {
  temperature: number | null
  seed: number | null
  json_schema: boolean
}

/** What a model answered, and what it cost. */
export interface ChatResult {
  /** As the server sent it, thinking included: `answerText` and `findJson` read it. Of a refusal, its words. */
  reply: string
  /** Why it ended: by itself, at the limit of length, or because the model or a filter declined. */
  finish: 'stop' | 'cut_short' | 'refused'
  /** The server sent the reply as reasoning and no content beside it: it may be thinking. */
  isReasoning: boolean
  /** What the server says it is. */
  model: string | null
  systemFingerprint: string | null
  sent: SentParameters
  /** All requests for it, the failed ones too. */
  usage: TokenUsage
  latencySeconds: number
}

/** Chat completions, asked for until there is one. */
export class RetryingChat {
  constructor(readonly client: LlmClient) {}

  /** @throws LlmFailure when there is no answer; what a model declined is one */
  async ask(request: ChatRequest, signal: AbortSignal): Promise<ChatResult> {
    const body = (refused: ReadonlySet<Droppable>) => bodyOf(request, refused)
    const reply = await this.client.fetchWithRetry({path: '/chat/completions', body}, readCompletion, signal)
    return toResult(reply)
  }
}

function bodyOf(
  {model, messages, temperature = null, seed = null, maxTokens = null, schema}: ChatRequest,
  refused: ReadonlySet<Droppable>,
): Record<string, unknown> {
  const format = schema && {type: 'json_schema', json_schema: {name: schema.name, strict: true, schema: schema.schema}}
  const optional = {temperature, seed, max_tokens: maxTokens, response_format: format ?? null}
  const sent = Object.entries(optional).filter(
    ([name, value]) => value !== null && !refused.has(name as keyof typeof optional),
  )
  return {
    model,
    messages: refused.has('system') ? withoutSystem(messages) : messages,
    ...Object.fromEntries(sent),
  }
}

/** For models whose template knows no system role: what it says goes before what the user says. */
function withoutSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const told = messages.filter(({role}) => role === 'system').map(({content}) => content)
  const [first, ...rest] = messages.filter(({role}) => role !== 'system')
  return first ? [{...first, content: [...told, first.content].join('\n\n')}, ...rest] : []
}

function toResult({value, usage, latencySeconds, sent}: JsonReply<Completion>): ChatResult {
  const {temperature, seed} = sent as {temperature?: number; seed?: number}
  return {
    ...value,
    sent: {temperature: temperature ?? null, seed: seed ?? null, json_schema: 'response_format' in sent},
    usage,
    latencySeconds,
  }
}

type Completion = Pick<ChatResult, 'reply' | 'finish' | 'isReasoning' | 'model' | 'systemFingerprint'>

interface Choice {
  finish_reason?: unknown
  text?: unknown
  message?: {
    content?: unknown
    refusal?: unknown
    reasoning_content?: unknown
    reasoning?: unknown
    tool_calls?: {function?: {arguments?: unknown}}[] | null
  } | null
}

// Servers of many makes answer here: nothing is taken for granted.
function readCompletion(json: unknown) {
  const {choices, usage, model, system_fingerprint: print} = (json ?? {}) as Record<string, unknown>
  const tokens = tokensOf(usage)
  if (!Array.isArray(choices)) throw new LlmFailure('unreadable', 'a reply without choices', tokens && {tokens})
  // No choice, or one without a text, is an answer that says nothing.
  const choice = ((choices as unknown[])[0] ?? {}) as Choice
  const {content, refusal, reasoning_content: thought, reasoning = thought, tool_calls: tools} = choice.message ?? {}
  // Some servers answer a schema with a call of a tool of theirs.
  const text = textOf(content) ?? textOf(choice.text) ?? textOf(tools?.[0]?.function?.arguments)
  const declined = textOf(refusal) || refusalPart(content)
  const hidden = textOf(reasoning)
  const refused = Boolean(declined) || choice.finish_reason === 'content_filter'
  const isReasoning = !refused && (text ?? '').trim() === '' && Boolean(hidden)
  const value: Completion = {
    reply: declined || (isReasoning ? (hidden ?? '') : (text ?? '')),
    finish: refused ? 'refused' : choice.finish_reason === 'length' ? 'cut_short' : 'stop',
    isReasoning,
    model: typeof model === 'string' && model !== '' ? model : null,
    systemFingerprint: typeof print === 'string' ? print : null,
  }
  return {value, tokens}
}

/** Text, or the text of content parts; undefined for anything else. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (typeof content === 'object' && content !== null && 'text' in content) return textOf([content])
  if (!Array.isArray(content)) return undefined
  const parts = (content as unknown[]).flatMap(part => {
    if (typeof part === 'string') return [part]
    const {type = 'text', text} = (part ?? {}) as {type?: unknown; text?: unknown}
    return typeof text === 'string' && (type === 'text' || type === 'output_text') ? [text] : []
  })
  return parts.length === 0 && content.length > 0 ? undefined : parts.join('')
}

function refusalPart(content: unknown): string | undefined {
  if (!Array.isArray(content)) return undefined
  const part = (content as unknown[]).find(each => (each as {type?: unknown} | null)?.type === 'refusal')
  return part === undefined ? undefined : textOf((part as {refusal?: unknown}).refusal)
}
