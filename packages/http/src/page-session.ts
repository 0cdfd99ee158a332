import {createHash, randomBytes, timingSafeEqual} from 'node:crypto'
import type {IncomingMessage} from 'node:http'

import {HttpRefusal} from './http-refusal.js'
import type {RouteReply} from './route.js'

/** Who may see a page that a person opened: the browser that came by the printed address, and no other page in it. */
export interface PageSession {
  /** To be printed behind the server's URL, e.g. `/?key=…`; its first visit is answered with the cookie, a second one with 403. */
  entry: string
  /** The answer to a visit by the printed address; undefined for any other request. @throws HttpRefusal 403 when it was used before */
  enter(request: IncomingMessage): RouteReply | undefined
  /** @throws HttpRefusal 401 without the cookie, 403 for a request that another site has caused */
  check(request: IncomingMessage): void
}

const FRESH = new Set(['same-origin', 'none'])

/**
 * A session for pages on the loopback. The key in the address works once, so that it is worthless in a history or a log; the cookie is
 * `HttpOnly` and `SameSite=Strict`. Other sites' requests are refused by `Sec-Fetch-Site`, which pages cannot forge, and by `Origin`.
 * @param name of the cookie; servers on other ports of this machine share cookies, so it holds something of this server's own
 */
export function createPageSession(name = `ep23_${randomBytes(4).toString('hex')}`): PageSession {
  const [key, secret] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')]
  let used = false

  function enter({url = '', method}: IncomingMessage): RouteReply | undefined {
    const given = new URLSearchParams(url.split('?', 2)[1]).get('key')
    if (method !== 'GET' || given === null) return undefined
    if (used || !equal(given, key))
      throw new HttpRefusal('this address was used before: start the command again for a new one', {
        status: 403,
        reason: 'token',
      })
    used = true
    const cookie = `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`
    return {status: 303, contentType: 'text/plain', body: '', headers: {location: '/', 'set-cookie': cookie}}
  }

  function check({headers}: IncomingMessage): void {
    refuseForeign(headers)
    const cookies = (headers.cookie ?? '').split(/;\s*/u)
    const own = cookies.find(cookie => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
    if (own === undefined || !equal(own, secret))
      throw new HttpRefusal('open the address that the command printed', {status: 401, reason: 'token'})
  }

  return {entry: `/?key=${key}`, enter, check}
}

function refuseForeign({host, origin, 'sec-fetch-site': site}: IncomingMessage['headers']): void {
  const isForeign = (site !== undefined && !FRESH.has(site)) || (origin !== undefined && origin !== `http://${host}`)
  if (isForeign) throw new HttpRefusal('asked by another site', {status: 403, reason: 'origin'})
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map(text => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}
