import {Ep23Error, usageError} from './errors.js'
import {EXIT} from './exit-codes.js'
import {systemError} from './system-errors.js'

interface OclifParseError extends Error {
  parse?: unknown
  oclif?: {exit?: number}
  exitCode?: number
}

/** Any thrown thing as an Ep23Error: oclif's parser errors become usage errors, the system's refusals say what to do, the unknown is a bug of ours. */
export function toEp23Error(thrown: unknown): Ep23Error {
  const error: OclifParseError = thrown instanceof Error ? thrown : new Error(String(thrown))
  if (isEp23Error(error)) return error
  const refusal = systemError(error)
  if (refusal) return refusal
  if (error.parse !== undefined || error.oclif?.exit === EXIT.usage)
    return usageError(firstLine(error.message), ['see the flags with --help'])
  return new Ep23Error(`unexpected: ${error.message}`, {
    code: 'UNEXPECTED',
    exit: EXIT.unexpected,
    suggestions: ['run again with --debug to see where it happened, and report it: this is a bug of ep23'],
    cause: error,
  })
}

function isEp23Error(error: Error): error is Ep23Error {
  return 'exit' in error && 'code' in error && 'suggestions' in error
}

// oclif appends "See more help with --help", which the suggestion says already.
function firstLine(message: string): string {
  return message.replace(/\nSee more help with --help$/u, '')
}
