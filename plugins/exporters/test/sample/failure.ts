import {expect} from 'chai'

export interface Failure extends Error {
  code?: string
  exit?: number
  suggestions?: string[]
}

/** What a promise was rejected with; fails when it was not. */
export async function failure(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => expect.fail('nothing failed'),
    (error: unknown) => error as Failure,
  )
}
