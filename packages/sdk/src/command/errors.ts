import {EXIT, type ExitCode} from './exit-codes.js'

export interface ErrorDetails {
  /** Stable, upper-case, prefixed by the topic: `DATASET_TOO_FEW_DIGESTS`. Errors are compared by it. */
  code: string
  exit: ExitCode
  /** What to do next, one imperative sentence each. */
  suggestions?: string[]
  cause?: unknown
}

/** The one error class: what happened and where (message), what to do next (suggestions), how to exit. */
export class Ep23Error extends Error {
  readonly code: string
  readonly exit: ExitCode
  readonly suggestions: string[]

  constructor(message: string, {code, exit, suggestions = [], cause}: ErrorDetails) {
    super(message, cause === undefined ? undefined : {cause})
    this.code = code
    this.exit = exit
    this.suggestions = suggestions
  }
}

/** True for an error with this code, also one made by another copy of the sdk: never use `instanceof`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as Error & {code?: unknown}).code === code
}

/** A wrong flag or argument: exit 64. */
export function usageError(message: string, suggestions: string[] = []): Ep23Error {
  return new Ep23Error(message, {code: 'USAGE', exit: EXIT.usage, suggestions})
}

/** Input that cannot be used: exit 65. The message names file, line or record, and the reason. */
export function badDataError(code: string, message: string, suggestions: string[] = [], cause?: unknown): Ep23Error {
  return new Ep23Error(message, {code, exit: EXIT.badData, suggestions, cause})
}

/** A command cut short by Ctrl-C or a signal: exit 130. `done` says what is kept and how to go on. */
export function interruptedError(done: string): Ep23Error {
  return new Ep23Error(`interrupted: ${done}`, {code: 'INTERRUPTED', exit: EXIT.interrupted})
}
