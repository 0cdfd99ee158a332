import {Ep23Error, EXIT, type ErrorDetails, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

/** The errors that both adapters raise; `location` never holds a secret. */
export function storeError(location: string, problem: Message, details: ErrorDetails): Ep23Error {
  return new Ep23Error(message('storeProblem', {location, problem}), details)
}

export function closedStoreError(location: string, cause?: unknown): Ep23Error {
  return storeError(location, message('usedAfterClose'), {code: 'STORE_CLOSED', exit: EXIT.unexpected, cause})
}

export function duplicateError(location: string, where: string, cause: unknown): Ep23Error {
  return storeError(location, message('duplicate', {where}), {
    code: 'STORE_DUPLICATE',
    exit: EXIT.badData,
    suggestions: [message('removeOne')],
    cause,
  })
}
