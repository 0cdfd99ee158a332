import {
  Ep23Error,
  EXIT,
  type ExitCode,
  type TokenUsage,
  type UnmeasuredReason,
  joined,
  type Message,
  type Text,
} from '@ep23/sdk'

import type {Endpoint} from './endpoint.js'
import {NO_TOKENS, NO_USAGE, type TokenCount} from './usage.js'
import {message} from './words/words.js'

/** What one kind of failure means. */
interface FailureMeaning {
  /** For runs that end with it. */
  code: string
  exit: ExitCode
  /** For a sample that goes without a score because of it. */
  unmeasured: UnmeasuredReason
  /** Asking again may help. */
  retry: boolean
  /** No request of this run will ever be answered: go no further. */
  endsRun: boolean
  /** Nobody worked on the request, so that it cost nothing. */
  free: boolean
}

const server = {unmeasured: 'server_error', retry: true, endsRun: false, free: false} as const
const refused = {unmeasured: 'judge_failed', retry: false, endsRun: false, free: true} as const
const final = {unmeasured: 'judge_failed', retry: false, endsRun: true, free: true} as const

/** Every way in which a model server may fail: one table for exit codes, reasons and what to do about the next request. */
const FAILURES = {
  not_permitted: {code: 'LLM_NOT_PERMITTED', exit: EXIT.notPermitted, ...final},
  quota_spent: {code: 'LLM_QUOTA_SPENT', exit: EXIT.notPermitted, ...final},
  no_model: {code: 'LLM_NO_MODEL', exit: EXIT.usage, ...final},
  long_wait: {code: 'LLM_TOO_MANY_REQUESTS', exit: EXIT.tryAgain, ...final, unmeasured: 'rate_limited'},
  rate_limited: {
    code: 'LLM_TOO_MANY_REQUESTS',
    exit: EXIT.tryAgain,
    ...refused,
    unmeasured: 'rate_limited',
    retry: true,
  },
  timed_out: {code: 'LLM_UNREACHABLE', exit: EXIT.unavailable, ...server, unmeasured: 'timed_out'},
  /** The connection broke: somebody may have worked on the request. */
  disconnected: {code: 'LLM_UNREACHABLE', exit: EXIT.unavailable, ...server, unmeasured: 'unreachable'},
  /** There was never a connection. */
  unreachable: {code: 'LLM_UNREACHABLE', exit: EXIT.unavailable, ...server, unmeasured: 'unreachable', free: true},
  server_failed: {code: 'LLM_SERVER_FAILED', exit: EXIT.unavailable, ...server},
  /** A reply, but none that can be read. */
  unreadable: {code: 'LLM_SERVER_FAILED', exit: EXIT.unavailable, ...server},
  request_refused: {code: 'LLM_REQUEST_REFUSED', exit: EXIT.usage, ...refused},
  /** A reply that says something else than what was asked for. */
  unusable: {code: 'LLM_BAD_ANSWER', exit: EXIT.badData, ...server, unmeasured: 'invalid_reply', retry: false},
  /** This prompt is longer than the model takes; others may not be. */
  too_long: {code: 'LLM_BAD_ANSWER', exit: EXIT.badData, ...refused},
  /** The provider's filter declined this prompt. */
  declined: {code: 'LLM_BAD_ANSWER', exit: EXIT.badData, ...refused, unmeasured: 'refused'},
} as const satisfies Record<string, FailureMeaning>

export type FailureKind = keyof typeof FAILURES

/** A parameter of a request that a server may refuse and that may be left out. */
export type Droppable =
  | 'response_format'
  | 'seed'
  | 'temperature'
  | 'max_tokens'
  | 'system'
  | 'encoding_format'
  | 'top_n'
  | 'return_documents'

export interface FailureDetails {
  status?: number | undefined
  /** As the server asks. */
  retryAfterMs?: number | undefined
  /** The server refuses this parameter: ask without it. */
  drop?: Droppable | undefined
  /** What the request cost all the same, where the server tells. */
  tokens?: TokenCount | undefined
  /** False for what would only fail again, though its kind may pass. */
  retry?: boolean
}

/** A request that gave no answer. The message is what the server or the system says, without credentials. */
export class LlmFailure extends Error {
  readonly meaning: FailureMeaning
  /** What all requests for this answer cost, once it is given up. */
  usage: TokenUsage = NO_USAGE

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message)
    this.meaning = FAILURES[kind]
  }

  get retry(): boolean {
    return this.details.drop !== undefined || (this.details.retry ?? this.meaning.retry)
  }

  /** Whether to pause before asking again: a wait that the server named is the limit's to keep. */
  get waits(): boolean {
    return this.details.drop === undefined && this.details.retryAfterMs === undefined
  }

  /** What the request cost; undefined when nobody told and somebody may have worked on it. */
  get tokens(): TokenCount | undefined {
    return this.details.tokens ?? (this.meaning.free ? NO_TOKENS : undefined)
  }
}

/** The failure as an error that ends the command: what happened, where, what to do, how to exit. */
export function failureError(failure: LlmFailure, {name, hasKey}: Endpoint, model: string): Ep23Error {
  const {code, exit} = failure.meaning
  const {message: reason, details} = failure
  const [what, ...suggestions] = EXPLANATIONS[failure.kind]({
    url: name,
    hasKey,
    model,
    status: details.status === undefined ? '' : message('status', {status: details.status}),
    wait: waitText(details.retryAfterMs),
  })
  return new Ep23Error(reason === '' ? what : joined([what, reason], ': '), {code, exit, suggestions})
}

interface Facts {
  url: string
  hasKey: boolean
  model: string
  status: Text
  wait: string | undefined
}

const unavailable = ({url}: Facts): [Message, Message] => [message('noAnswer', {url}), message('checkServer')]
const failed = (what: Message): [Message, Message, Message] => [what, message('ownLog'), message('thenAgain')]
const again = (wait: string | undefined): Message =>
  wait === undefined ? message('againSoon') : message('againAfter', {wait})

const EXPLANATIONS: Record<FailureKind, (facts: Facts) => [Message, ...Message[]]> = {
  not_permitted: ({url, hasKey, status}) => [
    message(hasKey ? 'refusesKey' : 'wantsKey', {url, status}),
    message('setKey'),
  ],
  quota_spent: ({url, status}) => [message('quotaSpent', {url, status}), message('addCredit')],
  no_model: ({url, model, status}) => [
    message('noModel', {url, model, status}),
    message('chooseModel'),
    message('checkEnd'),
  ],
  long_wait: ({url, wait}) => [message('asksToWait', {url, wait: wait ?? message('longer')}), again(wait)],
  rate_limited: ({url, wait}) => [message('noMoreNow', {url}), again(wait)],
  timed_out: facts => [unavailable(facts)[0], message('moreTime'), message('notOverloaded')],
  disconnected: unavailable,
  unreachable: unavailable,
  server_failed: ({url, status}) => failed(message('serverFails', {url, status})),
  unreadable: ({url}) => failed(message('unreadableReply', {url})),
  request_refused: ({url, model, status}) => [message('refusesRequest', {url, model, status}), message('checkModel')],
  unusable: ({url, model}) => [message('nothingUsable', {url, model}), message('checkWithTools')],
  too_long: ({url, model}) => [message('textTooLong', {url, model}), message('longerContext')],
  declined: ({url, model}) => [message('declined', {url, model}), message('otherModel')],
}

/** `20 s`, `3600 s (1 h)`; seconds first, for those who script it. */
export function waitText(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 120) return `${seconds} s`
  const text = seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
  return `${seconds} s (${text})`
}
