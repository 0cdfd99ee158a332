import type {Clock, TokenUsage, UnmeasuredReason} from '@ep23/sdk'

import {type AnswerCache, type StoredAnswer, toStoredAnswer} from './answer-cache.js'
import type {ChatMessage, ChatRequest, ChatResult, RetryingChat} from './chat.js'
import {failureError, LlmFailure} from './failures.js'
import {findJson, type FoundJson} from './text/find-json.js'
import {addUsage, NO_USAGE} from './usage.js'

export interface Asker {
  chat: RetryingChat
  cache?: AnswerCache | undefined
  clock: Clock
  /** Only stored answers, no network. */
  offline?: boolean
}

/** What a reader needs of a result, fresh or stored. */
export type Reply = Pick<ChatResult, 'reply' | 'finish' | 'isReasoning'>

/**
 * What a reply says; or what is wrong with it, as a clause in the language of the prompt, for the model to mend; or why nothing can
 * come of it.
 */
export type ReadAnswer<T> = FoundJson<T> | {unmeasured: UnmeasuredReason; detail: string}

export interface Question<T> {
  /** Content address of the question in the cache. */
  key: string
  request: ChatRequest
  /** @param isLast true when the model is not asked again: the second reply, or a stored one */
  read: (reply: Reply, isLast: boolean) => ReadAnswer<T>
  /** What to ask, once, when a reply has a problem. */
  repair: (messages: readonly ChatMessage[], reply: string, problem: string) => readonly ChatMessage[]
}

export interface JsonQuestion<T> extends Omit<Question<T>, 'read'> {
  /** The value in the JSON of an answer, or what is wrong with it. */
  read: (json: unknown) => FoundJson<T>
}

/** A value with the answer it was read from; or why there is none, with the answer if there was one. */
export type Asked<T> =
  | {value: T; answer: StoredAnswer; cached: boolean; usage: TokenUsage}
  | {
      unmeasured: UnmeasuredReason
      detail: string
      answer?: StoredAnswer
      cached: boolean
      usage: TokenUsage | undefined
    }

/**
 * The stored answer to a question, or the model's; asked for a second time, with what is wrong, when the first cannot be used. Only
 * usable answers are stored: another run asks again for the others.
 * @returns a value, or why there is none: whatever one question may suffer is told, and what failed was paid for all the same
 * @throws Ep23Error for what must end the run (a refused key, a spent quota, a wait too long, a server that was never there)
 */
export async function ask<T>(asker: Asker, question: Question<T>, signal: AbortSignal): Promise<Asked<T>> {
  const stored = await asker.cache?.find(question.key)
  if (stored) {
    const read = question.read(replyOf(stored), true)
    if ('value' in read) return {value: read.value, answer: stored, cached: true, usage: NO_USAGE}
    if (asker.offline) return {...unreadable(read, stored), answer: stored, cached: true, usage: NO_USAGE}
  }
  if (asker.offline)
    return {unmeasured: 'not_in_cache', detail: 'no stored answer to this question', cached: false, usage: undefined}
  return new Asking(asker, question, signal).ask()
}

/** A question whose answer is JSON in whatever form models give it. @throws as `ask` */
export function askJson<T>(asker: Asker, question: JsonQuestion<T>, signal: AbortSignal): Promise<Asked<T>> {
  return ask(asker, {...question, read: reply => readJsonReply(reply, question.read)}, signal)
}

/** JSON out of a reply: what a model declined says so, what was cut short counts when it is whole all the same. */
export function readJsonReply<T>({reply, finish}: Reply, read: (json: unknown) => FoundJson<T>): ReadAnswer<T> {
  if (finish === 'refused') return {unmeasured: 'refused', detail: declineText(reply)}
  const found = findJson(reply, read)
  if ('value' in found || finish !== 'cut_short') return found
  return {unmeasured: 'cut_short', detail: found.problem}
}

/** What a model said when it declined; a provider's filter says nothing. */
export function declineText(reply: string): string {
  return reply.trim().slice(0, 200) || 'a content filter stopped the answer'
}

class Asking<T> {
  #usage = NO_USAGE

  constructor(
    private readonly asker: Asker,
    private readonly question: Question<T>,
    private readonly signal: AbortSignal,
  ) {}

  async ask(): Promise<Asked<T>> {
    try {
      return await this.#askTwice()
    } catch (error) {
      if (!(error instanceof LlmFailure)) throw error
      const {chat} = this.asker
      const neverThere = error.meaning.unmeasured === 'unreachable' && !chat.client.hasAnswered
      if ((error.meaning.endsRun || neverThere) && !this.signal.aborted)
        throw failureError(error, chat.client.endpoint, this.question.request.model)
      const usage = addUsage(this.#usage, error.usage)
      return {unmeasured: error.meaning.unmeasured, detail: detailOf(error), cached: false, usage}
    }
  }

  async #askTwice(): Promise<Asked<T>> {
    const {request, read, repair} = this.question
    const first = await this.#send(request)
    const found = read(first, false)
    if (!('problem' in found)) return this.#conclude(found, {result: first})
    const messages = repair(request.messages, first.reply, found.problem)
    const second = await this.#send({...request, messages})
    return this.#conclude(read(second, true), {result: second, first})
  }

  async #send(request: ChatRequest): Promise<ChatResult> {
    const result = await this.asker.chat.ask(request, this.signal)
    this.#usage = addUsage(this.#usage, result.usage)
    return result
  }

  async #conclude(read: ReadAnswer<T>, results: {result: ChatResult; first?: ChatResult}): Promise<Asked<T>> {
    const {cache, clock} = this.asker
    const usage = this.#usage
    const answer = toStoredAnswer(this.question.key, results, usage, clock.now())
    if (!('value' in read)) return {...unreadable(read, answer), answer, cached: false, usage}
    await cache?.save(answer)
    return {value: read.value, answer, cached: false, usage}
  }
}

function replyOf({reply, cut_short: cutShort, refused}: StoredAnswer): Reply {
  return {reply, finish: refused ? 'refused' : cutShort ? 'cut_short' : 'stop', isReasoning: false}
}

function unreadable<T>(
  read: Exclude<ReadAnswer<T>, {value: T}>,
  {cut_short: cutShort}: StoredAnswer,
): {unmeasured: UnmeasuredReason; detail: string} {
  if (!('problem' in read)) return read
  return {unmeasured: cutShort ? 'cut_short' : 'invalid_reply', detail: read.problem}
}

function detailOf({message, details: {status}}: LlmFailure): string {
  return status === undefined ? message : `status ${status}: ${message}`
}
