import {expect} from 'chai'

/** What a promise was rejected with; fails when it was not. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('nothing failed'),
    (error: unknown) => error,
  )
}
