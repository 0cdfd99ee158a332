import type {IncomingMessage} from 'node:http'
import {promisify} from 'node:util'
import {gunzip} from 'node:zlib'

import {HttpRefusal} from './http-refusal.js'

/**
 * The request's JSON body, plain or packed with gzip. What is too long is refused as soon as that is known; the rest of
 * it is discarded unread, within the server's time limit for a request.
 * @throws HttpRefusal 400, 413 or 415
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  refuseOtherTypes(request.headers['content-type'])
  const bytes = await unpack(request, await readBytes(request, maxBytes), maxBytes)
  return parse(decode(bytes))
}

function refuseOtherTypes(contentType = ''): void {
  if (/^application\/json *(?:;|$)/iu.test(contentType)) return
  throw new HttpRefusal('send application/json', {status: 415, reason: 'media_type'})
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLong(maxBytes)
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    const stop = (error: Error): void => {
      request.off('data', take)
      request.resume()
      reject(error)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      if (length > maxBytes) stop(tooLong(maxBytes))
      else chunks.push(chunk)
    }
    request.on('data', take)
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', () => stop(malformed('the body ended early')))
  })
}

async function unpack({headers}: IncomingMessage, bytes: Buffer, maxBytes: number): Promise<Buffer> {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return bytes
  if (encoding !== 'gzip') throw new HttpRefusal('pack with gzip or not at all', {status: 415, reason: 'media_type'})
  try {
    return await promisify(gunzip)(bytes, {maxOutputLength: maxBytes})
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLong(maxBytes)
      : malformed('the body is not gzip')
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    throw new HttpRefusal('the body is not UTF-8', {status: 400, reason: 'encoding'})
  }
}

/** Deeper than anybody means it; what comes after may recurse. */
const MOST_DEPTH = 64

function parse(text: string): unknown {
  if (depthOf(text) > MOST_DEPTH) throw malformed(`the body is nested deeper than ${MOST_DEPTH}`)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw malformed('the body is not JSON')
  }
}

/** How deep arrays and objects are nested, brackets within texts aside. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  // The end closes a text too: without that, each quote of an unclosed one would be tried to the end, in quadratic time.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[[{\]}]/gsu)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, (depth += 1))
    else if (token === ']' || token === '}') depth -= 1
  }
  return deepest
}

function tooLong(maxBytes: number): HttpRefusal {
  return new HttpRefusal(`the body is longer than ${maxBytes} bytes`, {status: 413, reason: 'body_size'})
}

function malformed(message: string): HttpRefusal {
  return new HttpRefusal(message, {status: 400, reason: 'malformed'})
}
