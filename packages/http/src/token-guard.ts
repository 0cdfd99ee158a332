import {createHash, timingSafeEqual} from 'node:crypto'

import {HttpRefusal} from './http-refusal.js'
import type {Route} from './route.js'

/** Whether two digests of equal length are equal, in a time that does not depend on where they differ. */
export type EqualDigests = (a: Uint8Array, b: Uint8Array) => boolean

/**
 * Finds whom an `Authorization` header names, in a time that says nothing about the tokens: what is compared are digests
 * of equal length, and every one is compared, also after one was found.
 * @returns undefined for a header with another token or none
 */
export function createTokenLookup<Holder>(
  holders: readonly (readonly [token: string, holder: Holder])[],
  equal: EqualDigests = timingSafeEqual,
): (header: string | undefined) => Holder | undefined {
  const known = holders.map(([token, holder]) => ({expected: digest(token), holder}))
  return header => {
    const given = digest(/^Bearer (?<given>[\x21-\x7e]+)$/iu.exec(header ?? '')?.groups?.['given'] ?? '')
    return known.filter(({expected}) => equal(given, expected))[0]?.holder
  }
}

/** @param token undefined when the server has none */
export function createTokenGuard(
  token: string | undefined,
): (need: Route['token'], header: string | undefined) => void {
  const isKnown = createTokenLookup(token === undefined ? [] : [[token, true]])
  return (need, header) => {
    if (need === undefined || (token === undefined && need === 'when-set')) return
    if (token === undefined)
      throw new HttpRefusal('closed: the server was started without a token', {status: 403, reason: 'token'})
    if (!isKnown(header)) throw wrongToken()
  }
}

export function wrongToken(): HttpRefusal {
  return new HttpRefusal('a valid bearer token is needed', {
    status: 401,
    reason: 'token',
    headers: {'www-authenticate': 'Bearer realm="ep23"'},
  })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
