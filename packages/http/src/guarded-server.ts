import {createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {promisify} from 'node:util'

import {Ep23Error, EXIT, usageError, errorMessage} from '@ep23/sdk'

import {HttpRefusal} from './http-refusal.js'
import type {PageSession} from './page-session.js'
import {jsonReply, matchPath, type RouteRequest, type RouteReply, type Route} from './route.js'
import {guardConnections} from './connection-guard.js'
import {createHostGuard} from './host-guard.js'
import {readJson} from './read-json.js'
import {createTokenGuard} from './token-guard.js'
import {message} from './words/words.js'

export interface ServerOptions<Operation extends string = string> {
  routes: readonly Route<Operation>[]
  allowedHosts: readonly string[]
  token: string | undefined
  /** Given, every request needs its cookie. */
  session?: PageSession
  onAnswer: (operation: Operation | 'other', status: number) => void
  onRefusal: (reason: string) => void
  /** An error of ours: the caller learns nothing but the status 500. */
  onError: (error: unknown) => void
  /** How long a caller may take for its headers and for its whole request. */
  timeouts?: {headersMs: number; requestMs: number}
}

export interface GuardedServer {
  /** Resolves with the port, once it listens. */
  listen(host: string, port: number): Promise<number>
  /** Takes no more requests, and resolves when those that run are answered or two seconds are over. */
  close(): Promise<void>
}

const DEFAULT_TIMEOUTS = {headersMs: 5000, requestMs: 15_000}

/** What a caller may take of time and of headers before its request stands. */
export const SERVER_LIMITS = {
  headersTimeout: DEFAULT_TIMEOUTS.headersMs,
  requestTimeout: DEFAULT_TIMEOUTS.requestMs,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 5000,
  maxHeaderSize: 8192,
}
const CLOSING_MS = 2000

/** A small HTTP server whose guards stand before its routes: Host, session, path, method, token, media type, size, encoding. */
export function createGuardedServer<Operation extends string>(options: ServerOptions<Operation>): GuardedServer {
  const {timeouts = DEFAULT_TIMEOUTS} = options
  const answerTo = createAnswerer(options)
  const server = createServer({
    ...SERVER_LIMITS,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
  })
  const handle: RequestListener = (request, response) => void answerTo(request).then(reply => send(response, reply))
  guardConnections(server, handle, reason => options.onRefusal(reason))
  return {listen: async (host, port) => listenOn(server, host, port), close: async () => closeServer(server)}
}

type Answerer = (request: IncomingMessage) => Promise<RouteReply>

function createAnswerer<Operation extends string>(options: ServerOptions<Operation>): Answerer {
  const {routes, allowedHosts, token, session, onAnswer, onRefusal, onError} = options
  const checkHost = createHostGuard(allowedHosts)
  const checkToken = createTokenGuard(token)

  async function handle(request: IncomingMessage): Promise<RouteReply> {
    checkHost(request.headers.host)
    const entered = session?.enter(request)
    if (entered) return entered
    session?.check(request)
    const {route, parameters} = findRoute(routes, request)
    checkToken(route.token, request.headers.authorization)
    const body = route.maxBodyBytes === undefined ? undefined : await readJson(request, route.maxBodyBytes)
    return route.handle({parameters, query: new URLSearchParams(request.url?.split('?', 2)[1]), body})
  }

  return async request => {
    const reply = await handle(request).catch((error: unknown) => {
      if (error instanceof HttpRefusal) onRefusal(error.reason)
      else onError(error)
      return errorReply(error)
    })
    onAnswer(routes.find(({path}) => matchPath(path, pathOf(request)))?.operation ?? 'other', reply.status)
    return reply
  }
}

interface Found<Operation extends string> {
  route: Route<Operation>
  parameters: RouteRequest['parameters']
}

function findRoute<Operation extends string>(
  routes: readonly Route<Operation>[],
  request: IncomingMessage,
): Found<Operation> {
  const there = routes.flatMap(route => {
    const parameters = matchPath(route.path, pathOf(request))
    return parameters ? [{route, parameters}] : []
  })
  if (there.length === 0) throw new HttpRefusal('there is nothing here', {status: 404, reason: 'path'})
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const found = there.find(({route}) => route.method === method)
  if (found) return found
  const allow = there.map(({route}) => route.method).join(', ')
  throw new HttpRefusal(`use ${allow}`, {status: 405, reason: 'method', headers: {allow}})
}

function pathOf({url = ''}: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

function errorReply(error: unknown): RouteReply {
  if (error instanceof HttpRefusal)
    return {...jsonReply(error.status, {error: error.reason, message: error.message}), headers: error.headers}
  const {exit, message} = error as {exit?: unknown; message: string}
  if (exit === EXIT.unavailable || exit === EXIT.tryAgain)
    return {...jsonReply(503, {error: 'unavailable', message}), headers: {'retry-after': '5'}}
  return jsonReply(500, {error: 'unexpected', message: 'see the log of the server'})
}

function send(response: ServerResponse, {status, contentType, body, headers}: RouteReply): void {
  const length = Buffer.byteLength(body)
  const fixed = {'content-type': contentType, 'content-length': length, 'x-content-type-options': 'nosniff'}
  response.writeHead(status, {...fixed, 'cache-control': 'no-store', ...headers})
  response.end(body)
}

/** Resolves with the port. @throws Ep23Error PORT_TAKEN (69), USAGE (64) */
export async function listenOn(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(explainListenError(error, `${host}:${port}`)))
    server.listen({host, port}, resolve)
  })
  return (server.address() as AddressInfo).port
}

function explainListenError(error: NodeJS.ErrnoException, place: string): unknown {
  if (error.code === 'EADDRINUSE')
    return new Ep23Error(message('placeTaken', {place}), {
      code: 'PORT_TAKEN',
      exit: EXIT.unavailable,
      suggestions: [message('otherPort')],
      cause: error,
    })
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return usageError(message('cannotListen', {place, problem: errorMessage(error)}), [message('otherAddress')])
  return error
}

/** Takes no more requests; those that run have two seconds. */
export async function closeServer(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS)
  const closing = promisify(server.close.bind(server))()
  server.closeIdleConnections()
  await closing
  clearTimeout(timer)
}
