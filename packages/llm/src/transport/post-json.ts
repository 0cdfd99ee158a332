import {once} from 'node:events'
import {request as httpRequest, type IncomingHttpHeaders, type IncomingMessage} from 'node:http'
import {request as httpsRequest} from 'node:https'
import type {Readable} from 'node:stream'
import {createBrotliDecompress, createGunzip, createInflate} from 'node:zlib'

import type {Endpoint} from '../endpoint.js'
import {LlmFailure} from '../failures.js'
import {startDeadline} from './deadline.js'
import {clipLine} from './error-body.js'

/** Longest reply in bytes, unpacked: an answer of any model is far below it. */
export const LONGEST_REPLY = 16 * 1024 * 1024
const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 307, 308])

/** A connection that never stood: nobody can have worked on the request. */
const NEVER_SENT = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

export interface PostOptions {
  /** Seconds that the request and its whole reply may take. */
  seconds: number
  signal: AbortSignal
  /** Such as a trace context. Credentials are the endpoint's. */
  headers?: Readonly<Record<string, string>>
  /** Default 16 MiB. */
  longestReply?: number
}

export interface HttpReply {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/**
 * Posts JSON once and reads the whole reply, of whatever status. Redirects are followed with the same body; credentials go to the
 * endpoint's own origin and nowhere else. node:http, because its requests may take as long as a slow model needs: fetch gives up
 * after five minutes without a header.
 * @throws LlmFailure timed_out, unreachable, disconnected or unreadable; the signal's reason when that is aborted before
 */
export async function postJson(
  endpoint: Endpoint,
  path: string,
  body: object,
  {seconds, signal, headers = {}, longestReply = LONGEST_REPLY}: PostOptions,
): Promise<HttpReply> {
  signal.throwIfAborted()
  const deadline = startDeadline(seconds, signal)
  let begun = false
  try {
    const sending = {body: Buffer.from(JSON.stringify(body)), headers, signal: deadline.signal}
    const response = await follow(endpoint, endpoint.urlOf(path), sending)
    begun = true
    const text = await readText(response, longestReply)
    return {status: response.statusCode ?? 0, headers: response.headers, text}
  } catch (error) {
    if (error instanceof LlmFailure) throw error
    // It was sent, so that it may cost something all the same.
    if (signal.aborted) throw new LlmFailure('timed_out', 'stopped while waiting for the answer', {retry: false})
    if (deadline.expired()) throw new LlmFailure('timed_out', `no answer within ${seconds} s`)
    throw connectionFailure(error as NodeJS.ErrnoException, begun, endpoint)
  } finally {
    deadline.clear()
  }
}

interface Sending {
  body: Buffer
  headers: Readonly<Record<string, string>>
  signal: AbortSignal
}

async function follow(endpoint: Endpoint, first: URL, sending: Sending): Promise<IncomingMessage> {
  let url = first
  for (let hops = 0; ; hops++) {
    const credentials = url.origin === first.origin ? endpoint.authorization : {}
    const response = await send(url, {...sending, headers: {...sending.headers, ...credentials}})
    const {location} = response.headers
    if (!REDIRECTS.has(response.statusCode ?? 0) || location === undefined) return response
    response.destroy()
    const next = URL.parse(location, url.href)
    if (hops === MOST_REDIRECTS || !next || !/^https?:$/u.test(next.protocol))
      throw new LlmFailure('unreadable', `redirected too often, or to no address: ${endpoint.hide(location)}`, {
        retry: false,
      })
    url = next
    url.username = ''
    url.password = ''
  }
}

async function send(url: URL, {body, headers, signal}: Sending): Promise<IncomingMessage> {
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    signal,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': body.byteLength,
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate',
      'user-agent': 'ep23',
    },
  })
  // Whatever comes after its first error says nothing new.
  request.on('error', () => undefined)
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  // From here on its errors are those of the body.
  request.on('error', error => response.destroy(error))
  return response
}

async function readText(response: IncomingMessage, longest: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of unpacked(response)) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).byteLength
      if (size > longest)
        throw new LlmFailure('unreadable', `the reply is longer than ${Math.round(longest / 1024 ** 2)} MiB`, {
          retry: false,
        })
    }
  } finally {
    // A reply that was read whole leaves its connection open for the next request.
    if (!response.complete) response.destroy()
  }
  return Buffer.concat(chunks).toString('utf8')
}

function unpacked(response: IncomingMessage): Readable {
  const unpack = unpackerOf(response.headers['content-encoding'])
  if (!unpack) return response
  response.on('error', error => unpack.destroy(error))
  return response.pipe(unpack)
}

function unpackerOf(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      return undefined
  }
}

function connectionFailure(error: NodeJS.ErrnoException, begun: boolean, endpoint: Endpoint): LlmFailure {
  // A name with several addresses fails with all their errors together.
  const [first = error] = error instanceof AggregateError ? (error.errors as NodeJS.ErrnoException[]) : []
  const message = clipLine(endpoint.hide(first.message || String(first.code)))
  if (NEVER_SENT.has(first.code)) return new LlmFailure('unreachable', message)
  if (begun) return new LlmFailure('unreadable', `the reply broke off: ${message}`)
  return new LlmFailure('disconnected', message)
}
