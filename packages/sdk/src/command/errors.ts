import {isMessage, verbatim, type Message, type Text} from '../messages.js'
import type {Language} from '../settings.js'
import {words} from '../words/words.js'
import {EXIT, type ExitCode} from './exit-codes.js'

export interface ErrorDetails {
  /** Stable, upper-case, prefixed by the topic: `DATASET_TOO_FEW_DIGESTS`. Errors are compared by it. */
  code: string
  exit: ExitCode
  /** What to do next, one imperative sentence each. */
  suggestions?: readonly Message[]
  cause?: unknown
}

/** The one error class: what happened and where (message), what to do next (suggestions), how to exit. */
export class Ep23Error extends Error {
  readonly code: string
  readonly exit: ExitCode
  readonly suggestions: string[]

  readonly #texts: SaidError

  constructor(text: Message, {code, exit, suggestions: advice = [], cause}: ErrorDetails) {
    const [message, suggestions] = [asMessage(text), advice.map(asMessage)]
    super(message.english, cause === undefined ? undefined : {cause})
    this.code = code
    this.exit = exit
    this.suggestions = suggestions.map(({english}) => english)
    this.#texts = {message, suggestions}
  }

  /** What a person reads of it. */
  async in(language: Language): Promise<SaidError<string>> {
    const {message, suggestions} = this.#texts
    return {
      message: await message.in(language),
      suggestions: await Promise.all(suggestions.map(async text => text.in(language))),
    }
  }

  /** The same error with another message, and with advice before its own. */
  with({message, advice = []}: {message?: (own: Message) => Message; advice?: readonly Message[]}): Ep23Error {
    const {code, exit, cause} = this
    const {message: own, suggestions} = this.#texts
    return new Ep23Error(message?.(own) ?? own, {code, exit, suggestions: [...advice, ...suggestions], cause})
  }
}

/** A plugin in plain JavaScript may have given a text. */
function asMessage(text: Text): Message {
  return isMessage(text) ? text : verbatim(text)
}

/** Message and suggestions of an error. */
export interface SaidError<T extends Text = Message> {
  message: T
  suggestions: readonly T[]
}

/** True for an error with this code, also one made by another copy of the sdk: never use `instanceof`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as Error & {code?: unknown}).code === code
}

/** A wrong flag or argument: exit 64. */
export function usageError(message: Message, suggestions: readonly Message[] = []): Ep23Error {
  return new Ep23Error(message, {code: 'USAGE', exit: EXIT.usage, suggestions})
}

/** Input that cannot be used: exit 65. The message names file, line or record, and the reason. */
export function badDataError(
  code: string,
  message: Message,
  suggestions: readonly Message[] = [],
  cause?: unknown,
): Ep23Error {
  return new Ep23Error(message, {code, exit: EXIT.badData, suggestions, cause})
}

/** A command cut short by Ctrl-C or a signal: exit 130. `done` says what is kept and how to go on. */
export function interruptedError(done: Message): Ep23Error {
  return new Ep23Error(words.message('interrupted', {done}), {code: 'INTERRUPTED', exit: EXIT.interrupted})
}
