import {Ep23Error, EXIT, type ExitCode, type TokenUsage, type UnmeasuredReason} from '@ep23/sdk'

import type {Endpoint} from './endpoint.js'
import {NO_TOKENS, NO_USAGE, type TokenCount} from './usage.js'

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
  const {message, details} = failure
  const [what, ...suggestions] = EXPLANATIONS[failure.kind]({
    url: name,
    hasKey,
    model,
    status: details.status === undefined ? '' : ` (status ${details.status})`,
    wait: waitText(details.retryAfterMs),
  })
  return new Ep23Error(message === '' ? what : `${what}: ${message}`, {code, exit, suggestions})
}

interface Facts {
  url: string
  hasKey: boolean
  model: string
  status: string
  wait: string | undefined
}

const unavailable = ({url}: Facts): [string, string] => [
  `no answer from ${url}`,
  'check that the server runs and that LLM_URL names it, for example http://localhost:11434/v1',
]
const failed = (what: string): [string, string, string] => [
  what,
  'look at the server’s own log',
  'then run the same command again',
]
const again = (wait: string | undefined): string =>
  wait === undefined ? 'run the same command again in a few minutes' : `run the same command again after ${wait}`

const EXPLANATIONS: Record<FailureKind, (facts: Facts) => [string, ...string[]]> = {
  not_permitted: ({url, hasKey, status}) => [
    `${url} refuses ${hasKey ? 'the key it was sent' : 'a request without a key'}${status}`,
    'set OPENAI_API_KEY to a key of this server',
  ],
  quota_spent: ({url, status}) => [
    `${url} takes no more requests from this account${status}`,
    'add credit or raise the limit at the provider, then run the same command again',
  ],
  no_model: ({url, model, status}) => [
    `${url} has no model ${model}, or not at this address${status}`,
    'choose a model that the server has',
    'check that LLM_URL ends where the server expects it, often in /v1',
  ],
  long_wait: ({url, wait}) => [`${url} asks to wait ${wait ?? 'longer'} before the next request`, again(wait)],
  rate_limited: ({url, wait}) => [`${url} takes no more requests now`, again(wait)],
  timed_out: facts => [
    unavailable(facts)[0],
    'give the server more time, or less work in one request',
    'check that it is not overloaded',
  ],
  disconnected: unavailable,
  unreachable: unavailable,
  server_failed: ({url, status}) => failed(`${url} fails${status}`),
  unreadable: ({url}) => failed(`${url} sent a reply that cannot be read`),
  request_refused: ({url, model, status}) => [
    `${url} refuses the request for ${model}${status}`,
    'check that the server has this model, and that no text is longer than it takes',
  ],
  unusable: ({url, model}) => [
    `${model} at ${url} sent nothing usable`,
    'check with the server’s own tools what it answers; nothing of this reply was kept',
  ],
  too_long: ({url, model}) => [
    `the text is longer than ${model} at ${url} takes`,
    'choose a model with a longer context',
  ],
  declined: ({url, model}) => [`${model} at ${url} declined the text`, 'choose another model for this text'],
}

/** `20 s`, `3600 s (1 h)`; seconds first, for those who script it. */
export function waitText(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 120) return `${seconds} s`
  const text = seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
  return `${seconds} s (${text})`
}
