import type {Command} from '@oclif/core/command'

import {type Ep23Error, usageError} from './errors.js'
import {toEp23Error} from './normalise-error.js'
import type {Message} from '../messages.js'
import {nearest} from '../nearest.js'
import type {ParserFacts} from '../words/russian.js'
import {parserMessage, words} from '../words/words.js'

interface CommandLine {
  /** All that the command takes, by name. */
  flags: Command.Class['flags']
  argv: readonly string[]
}

/** What oclif refuses of a command line, said by the flag or the variable that it is about. */
export function flagRefusal(thrown: unknown, {flags, argv}: CommandLine): Ep23Error {
  const error = toEp23Error(thrown)
  // oclif gives some mistakes (a flag given twice) no exit code of their own.
  if (error.code === 'UNEXPECTED')
    return usageError(parserMessage((thrown as Error).message, thrown as ParserFacts), [words.message('seeFlags')])
  return namingOrigin(error, {flags, argv}).with({advice: meantFlags(thrown, flags)})
}

// Who set a variable in another place is not helped by words about a flag.
function namingOrigin(error: Ep23Error, {flags, argv}: CommandLine): Ep23Error {
  const name = /--([\w-]+)/u.exec(error.message)?.[1] ?? ''
  const {env} = (flags[name] ?? {}) as {env?: string}
  if (env !== undefined && process.env[env] !== undefined && !argv.some(word => word.startsWith(`--${name}`)))
    return error.with({message: problem => words.message('ofEnvironment', {name: env, problem})})
  // So oclif begins what a flag's own parser has refused.
  return error.message.startsWith('Parsing --')
    ? error.with({message: problem => words.message('ofFlag', {name, problem})})
    : error
}

function meantFlags(thrown: unknown, flags: CommandLine['flags']): Message[] {
  const {flags: unknown} = thrown as {flags?: unknown}
  if (!Array.isArray(unknown)) return []
  return unknown
    .flatMap(flag => nearest(String(flag).replace(/^-+/u, ''), Object.keys(flags), 1))
    .map(name => words.message('didYouMeanFlag', {name}))
}
