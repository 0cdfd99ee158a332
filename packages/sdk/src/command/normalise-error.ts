import {Ep23Error, usageError} from './errors.js'
import {EXIT} from './exit-codes.js'
import {parserMessage, words} from '../words/words.js'
import type {ParserFacts} from '../words/russian.js'
import {printableText} from '../printable.js'
import {systemError} from './system-errors.js'

interface OclifParseError extends Error, ParserFacts {
  parse?: unknown
  oclif?: {exit?: number}
  exitCode?: number
}

/**
 * Any thrown thing as an Ep23Error: oclif's parser errors become usage errors, the system's refusals say what to do, the unknown is a bug.
 * @param maker whose bug that is
 */
export function toEp23Error(thrown: unknown, maker = 'ep23'): Ep23Error {
  const error: OclifParseError = thrown instanceof Error ? thrown : new Error(String(thrown))
  if (isEp23Error(error)) return error
  const refusal = systemError(error)
  if (refusal) return refusal
  if (error.parse !== undefined || error.oclif?.exit === EXIT.usage)
    return usageError(parserMessage(plain(error.message), error), [words.message('seeFlags')])
  return new Ep23Error(words.message('unexpected', {problem: error.message}), {
    code: 'UNEXPECTED',
    exit: EXIT.unexpected,
    suggestions: [words.message('reportBug', {maker})],
    cause: error,
  })
}

function isEp23Error(error: Error): error is Ep23Error {
  return 'exit' in error && 'code' in error && 'suggestions' in error
}

const STYLE = new RegExp(String.raw`\u001B\[[\d;]*m`, 'gu')

// In a terminal oclif dims what it refuses; it appends "See more help with --help", which the suggestion says already.
function plain(message: string): string {
  return message.replaceAll(STYLE, '').replace(/\nSee more help with --help$/u, '')
}

/** An error as it may be printed: oclif prints the causes too, and with --debug the stacks, which begin with the message. */
export function asPrintable(error: Ep23Error): Ep23Error {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    each.message = printableText(each.message)
    if (each.stack !== undefined) each.stack = printableText(each.stack)
  }
  return Object.assign(error, {suggestions: error.suggestions.map(printableText)})
}
