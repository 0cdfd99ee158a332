import {once} from 'node:events'
import {createServer, type IncomingMessage, type RequestListener, type ServerResponse} from 'node:http'

import {originValidation, toNodeHandler, type NodeMcpRequestHandler} from '@modelcontextprotocol/node'
import {
  HttpRefusal,
  SERVER_LIMITS,
  closeServer,
  createHostGuard,
  createRateLimit,
  createTokenLookup,
  guardConnections,
  listenOn,
  readJson,
  wrongToken,
} from '@ep23/http'
import {createMcpHandler, type McpServer} from '@modelcontextprotocol/server'

import {knownRefusal, refusalOf, type McpRefusal} from '../../domain/mcp-refusals.js'
import {isScope, lower, type Scope, type ScopedToken} from '../../domain/tool.js'

interface HttpOptions {
  createServer: (scope: Scope) => McpServer
  port: number
  allowedHosts: readonly string[]
  /** Without any, every caller on this machine may write, as far as the server allows it. */
  tokens: readonly ScopedToken[]
  /** What the server was started to allow at most. */
  most: Scope
  exposition: () => Promise<string>
  signal: AbortSignal
  onListening: (url: string) => void
  onRefusal: (reason: McpRefusal) => void
  onError: (error: unknown) => void
}

const HOST = '127.0.0.1'
const MOST_BODY_BYTES = 64 * 1024
/** Those of MCP's streamable HTTP. */
const METHODS = new Set(['GET', 'POST', 'DELETE'])
/** The caller of a server without tokens. */
const ANYBODY = {scope: 'write', name: 'anybody'} as const
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Serves MCP at /mcp and the process's own metrics at /metrics, on the loopback only, until the signal comes. */
export async function serveOverHttp(options: HttpOptions): Promise<void> {
  const mcp = createMcpHandler(({authInfo}) => options.createServer(scopeOf(authInfo)), {
    maxRequestBodySize: MOST_BODY_BYTES,
    onerror: options.onError,
  })
  const answer = createAnswerer(
    options,
    toNodeHandler(mcp, {maxRequestBodySize: MOST_BODY_BYTES, onerror: options.onError}),
  )
  const server = createServer(SERVER_LIMITS)
  const handle: RequestListener = (request, response) => {
    answer(request, response).catch((error: unknown) => sendError(response, error, options))
  }
  guardConnections(server, handle, reason => options.onRefusal(knownRefusal(reason)))
  const port = await listenOn(server, HOST, options.port)
  options.onListening(`http://${HOST}:${port}`)
  if (!options.signal.aborted) await once(options.signal, 'abort')
  await mcp.close()
  await closeServer(server)
}

type Answerer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

// The guards stand in this order: who is addressed, from where, what, by whom.
function createAnswerer(options: HttpOptions, mcp: NodeMcpRequestHandler): Answerer {
  const {allowedHosts, tokens, most, exposition, onRefusal} = options
  const checkHost = createHostGuard(allowedHosts)
  const checkRate = createRateLimit()
  const callerNamedBy = createTokenLookup(
    tokens.map(({token, scope}, index) => [token, {scope, name: `token ${index}`}]),
  )
  const isAllowedOrigin = originValidation([...LOOPBACK, ...allowedHosts])
  return async (request, response) => {
    checkHost(request.headers.host)
    if (!isAllowedOrigin(request, response)) return onRefusal('origin')
    const path = request.url?.split('?', 1)[0]
    if (path === '/metrics') return sendMetrics(request, response, exposition)
    if (path !== '/mcp') throw new HttpRefusal('there is nothing here but /mcp', {status: 404, reason: 'path'})
    if (!METHODS.has(request.method ?? ''))
      throw new HttpRefusal('use POST', {status: 405, reason: 'method', headers: {allow: [...METHODS].join(', ')}})
    const caller = tokens.length === 0 ? ANYBODY : callerNamedBy(request.headers.authorization)
    if (caller === undefined) throw wrongToken()
    // By token and not by scope: one agent that runs wild does not use up what the others may ask.
    checkRate(`${request.socket.remoteAddress ?? ''} ${caller.name}`)
    // Read here, because the SDK takes bytes that are no UTF-8 for something else.
    const body = request.method === 'POST' ? await readJson(request, MOST_BODY_BYTES) : undefined
    // Incoming requests have a method; only Node's type, which also stands for answers, leaves it open.
    const incoming = request as IncomingMessage & {method: string; url: string}
    // What is handed on is the scope; the token itself stays here.
    await mcp(
      Object.assign(incoming, {auth: {token: '', clientId: 'ep23', scopes: [lower(caller.scope, most)]}}),
      response,
      body,
    )
    const refusal = refusalOf(response.statusCode)
    if (refusal) onRefusal(refusal)
  }
}

function scopeOf(authInfo: {scopes: string[]} | undefined): Scope {
  return authInfo?.scopes.find(isScope) ?? 'read'
}

async function sendMetrics(
  {method}: IncomingMessage,
  response: ServerResponse,
  exposition: () => Promise<string>,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD')
    throw new HttpRefusal('use GET', {status: 405, reason: 'method', headers: {allow: 'GET'}})
  const body = await exposition()
  response.writeHead(200, {'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store'})
  response.end(body)
}

function sendError(response: ServerResponse, error: unknown, {onRefusal, onError}: HttpOptions): void {
  const known = error instanceof HttpRefusal
  if (known) onRefusal(knownRefusal(error.reason))
  else onError(error)
  if (response.headersSent) return void response.destroy()
  const {status, headers, message} = known ? error : {status: 500, headers: {}, message: 'see the log of the server'}
  response.writeHead(status, {'content-type': 'application/json', connection: 'close', ...headers})
  response.end(`${JSON.stringify({message})}\n`)
}
