import {Ep23Error, EXIT, type ErrorDetails, type Message} from '@ep23/sdk'

import {closedStoreError, duplicateError, storeError} from '../store-errors.js'
import {message as say} from '../../words/words.js'

type Problem = Omit<ErrorDetails, 'cause'> & {problem: Message}

// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const AUTHENTICATION_FAILED = 18
const DUPLICATE_KEY = 11_000
const NOT_PERMITTED = new Set([13, AUTHENTICATION_FAILED, 8000])
const NOT_WRITABLE = new Set([64, 91, 100, 189, 10_107, 11_600, 11_602, 13_435, 13_436])
const REFUSED_VALUE = new Set([2, 52, 55, 57, 10_334, 17_419, 17_420])
const CLOSED = new Set(['MongoClientClosedError', 'MongoNotConnectedError', 'MongoTopologyClosedError'])
const CURSOR_NOT_FOUND = 43
const OUT_OF_DISK_SPACE = 14_031

/** Any error of the driver as one that names the store and the next step; other errors pass unchanged. */
export function explainMongoError(location: string, error: unknown): unknown {
  if (error instanceof Ep23Error || !(error instanceof Error)) return error
  if (CLOSED.has(error.name)) return closedStoreError(location, error)
  if (isDuplicateKey(error)) return duplicateError(location, error.message, error)
  const found = problemOf(error)
  if (found === undefined) return error
  const {problem, ...details} = found
  return storeError(location, problem, {...details, cause: error})
}

/** True also for a bulk write in which nothing else went wrong. */
export function isDuplicateKey(error: unknown): boolean {
  const {code, message, writeErrors} = error as Error & {
    code?: unknown
    writeErrors?: {code: unknown} | {code: unknown}[]
  }
  const errors = [writeErrors ?? []].flat()
  if (errors.length > 0) return errors.every(({code}) => code === DUPLICATE_KEY)
  // FerretDB answers the making of a unique index in the words of its SQLite.
  return code === DUPLICATE_KEY || message.includes('UNIQUE constraint failed')
}

function problemOf(error: Error & {code?: unknown}): Problem | undefined {
  if (typeof error.code === 'number') return problemOfCode(error.code, error.message)
  if (error.name === 'MongoInvalidArgumentError' && error.message.includes('larger than')) return refused(error.message)
  // A socket's own error (EPIPE, ECONNRESET, …) may come through as it is.
  if (/^(?:Mongo|PoolCleared)/u.test(error.name) || /^E[A-Z]+$/u.test(String(error.code)))
    return unavailable(error.message)
  return undefined
}

function problemOfCode(code: number, message: string): Problem {
  if (NOT_PERMITTED.has(code)) return notPermitted(code, message)
  if (REFUSED_VALUE.has(code)) return refused(message)
  if (NOT_WRITABLE.has(code)) return {...unavailable(message), problem: say('takesNoWrites', {problem: message})}
  if (code === CURSOR_NOT_FOUND) return cursorLost()
  if (code === OUT_OF_DISK_SPACE) return diskFull()
  return {...unavailable(message), problem: say('answeredWithError', {problem: message})}
}

function unavailable(message: string): Problem {
  return {
    problem: say('cannotBeReached', {problem: message}),
    code: 'STORE_UNAVAILABLE',
    exit: EXIT.unavailable,
    suggestions: [say('checkServer'), say('seeDoctor')],
  }
}

function notPermitted(code: number, message: string): Problem {
  const who = code === AUTHENTICATION_FAILED || code === 8000 ? say('wrongLogin') : say('forbids')
  return {
    problem: say('withReason', {problem: who, reason: message}),
    code: 'STORE_NOT_PERMITTED',
    exit: EXIT.notPermitted,
    suggestions: [say('checkAuthSource'), say('askRole')],
  }
}

function refused(message: string): Problem {
  return {
    problem: say('refusesValue', {problem: message}),
    code: 'STORE_VALUE_REFUSED',
    exit: EXIT.badData,
    suggestions: [say('correctRecord')],
  }
}

function cursorLost(): Problem {
  return {
    problem: say('cursorLost'),
    code: 'STORE_CURSOR_LOST',
    exit: EXIT.tryAgain,
    suggestions: [say('runAgainOrLess')],
  }
}

function diskFull(): Problem {
  return {
    problem: say('serverDiskFull'),
    code: 'DISK_FULL',
    exit: EXIT.tryAgain,
    suggestions: [say('makeRoomThere')],
  }
}
