import {createHash, timingSafeEqual} from 'node:crypto'

import {HttpRefusal} from '../../domain/http-refusal.js'
import type {Route} from '../../domain/route.js'

/**
 * Compares the bearer token in a time that says nothing about it: what is compared are digests of equal length.
 * @param token undefined when the server has none
 */
export function createTokenGuard(
  token: string | undefined,
): (need: Route['token'], header: string | undefined) => void {
  const expected = token === undefined ? undefined : digest(token)
  return (need, header) => {
    if (need === undefined || (expected === undefined && need === 'when-set')) return
    if (expected === undefined)
      throw new HttpRefusal('closed: the server was started without a token', {status: 403, reason: 'token'})
    const given = /^Bearer (?<given>[\x21-\x7e]+)$/iu.exec(header ?? '')?.groups?.['given']
    if (!timingSafeEqual(digest(given ?? ''), expected))
      throw new HttpRefusal('a valid bearer token is needed', {
        status: 401,
        reason: 'token',
        headers: {'www-authenticate': 'Bearer realm="ep23"'},
      })
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
