import {Ep23Error, EXIT, type ErrorDetails} from '@ep23/sdk'

/** The errors that both adapters raise; `location` never holds a secret. */
export function storeError(location: string, problem: string, details: ErrorDetails): Ep23Error {
  return new Ep23Error(`the store ${location} ${problem}`, details)
}

export function closedStoreError(location: string, cause?: unknown): Ep23Error {
  return storeError(location, 'is used after it was closed', {code: 'STORE_CLOSED', exit: EXIT.unexpected, cause})
}

export function duplicateError(location: string, where: string, cause: unknown): Ep23Error {
  return storeError(location, `refuses a duplicate: ${where}`, {
    code: 'STORE_DUPLICATE',
    exit: EXIT.badData,
    suggestions: ['remove one of the two documents'],
    cause,
  })
}
