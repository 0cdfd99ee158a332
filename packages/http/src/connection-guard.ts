import type {IncomingMessage, RequestListener, Server, ServerResponse} from 'node:http'
import {isIPv6, type Socket} from 'node:net'

import type {RefusalReason} from './http-refusal.js'
import {isLoopback} from './host-guard.js'

export interface ConnectionLimits {
  most: number
  /** For one remote address (IPv6: one /64 network). The loopback is shared by all programs here and has no share of its own. */
  mostPerAddress: number
  /** How long a caller may leave an answer unread. */
  unreadMs: number
}

const LIMITS: ConnectionLimits = {most: 128, mostPerAddress: 32, unreadMs: 10_000}
/** A refused caller may read its answer this long: closing earlier would reset the connection and lose the answer. */
const LINGER_MS = 500
const SWEEP_MS = 1000
const SILENT_MS = 1000
/** Requests of one connection that wait for their answers; hardly any client sends the next one before its answer. */
const MOST_PIPELINED = 8

/** What is known of an open connection. */
interface Connection {
  socket: Socket
  network: string
  /** Not answered yet. */
  requests: Set<IncomingMessage>
  /** When it came, or when its last request was answered: what it has sent since then is no whole request. */
  idleSince: number
  /** Bytes received until then. */
  idleBytes: number
  /** Requests. */
  answered: number
  refused: boolean
  bytesWritten: number
  writtenAt: number
}

interface Refusal {
  status: string
  reason: RefusalReason
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {status: '408 Request Timeout', reason: 'timeout'},
  HPE_HEADER_OVERFLOW: {status: '431 Request Header Fields Too Large', reason: 'header_size'},
}
const MALFORMED: Refusal = {status: '400 Bad Request', reason: 'malformed'}

/**
 * Keeps the server open to honest callers whatever others do with their connections. At a limit the oldest connection that
 * has no whole request under way gives its place to the newcomer, so that half-sent requests never shut the server; what
 * never becomes a request (too slow, too long headers, no HTTP) is answered, reported, and closed whether or not the
 * caller closes; a caller that does not read its answer, or sends requests without waiting for answers, is cut off.
 * @param handle gets the requests that may be answered
 */
export function guardConnections(
  server: Server,
  handle: RequestListener,
  report: (reason: RefusalReason) => void,
  limits: ConnectionLimits = LIMITS,
): void {
  const open = new Map<Socket, Connection>()

  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress)
    if (makeRoom(open, network, limits, report)) {
      open.set(socket, fresh(socket, network))
      socket.once('close', () => open.delete(socket))
    } else socket.destroy()
  })

  server.on('request', (request, response) => {
    const connection = open.get(request.socket)
    // The parser goes on with what came in one piece with the request for which the connection was cut.
    if (!connection || request.socket.destroyed) return
    followRequest(connection, request, response)
    if (connection.requests.size <= MOST_PIPELINED) handle(request, response)
    else {
      report('connections')
      request.socket.destroy()
    }
  })

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // A caller that hangs up has done nothing wrong.
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else {
      const connection = open.get(socket)
      if (connection) connection.refused = true
      const {status, reason} = REFUSALS[error.code ?? ''] ?? MALFORMED
      report(reason)
      refuse(socket, status)
    }
  })

  const sweep = setInterval(() => cutUnread(open, limits.unreadMs, report), SWEEP_MS).unref()
  server.once('close', () => clearInterval(sweep))
}

function fresh(socket: Socket, network: string): Connection {
  const now = performance.now()
  const counts = {requests: new Set<IncomingMessage>(), idleSince: now, idleBytes: 0, bytesWritten: 0, writtenAt: now}
  return {socket, network, answered: 0, refused: false, ...counts}
}

/** Whether there is a place for one more connection of that network, if need be the place of another one. */
function makeRoom(
  open: ReadonlyMap<Socket, Connection>,
  network: string,
  {most, mostPerAddress}: ConnectionLimits,
  report: (reason: RefusalReason) => void,
): boolean {
  const same = [...open.values()].filter(connection => connection.network === network)
  const crowd = same.length >= mostPerAddress && !isLoopback(network) ? same : [...open.values()]
  if (crowd !== same && open.size < most) return true
  report('connections')
  const idle = crowd.filter(connection => !isWorking(connection)).toSorted((a, b) => a.idleSince - b.idleSince)
  const kept = new Set(idle.filter(({answered}) => answered > 1).slice(-crowd.length / 2))
  const [leaving] = idle.toSorted((a, b) => claim(a, kept) - claim(b, kept))
  leaving?.socket.destroy()
  return leaving !== undefined
}

function followRequest(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
  connection.requests.add(request)
  response.once('close', () => {
    connection.requests.delete(request)
    connection.idleSince = performance.now()
    connection.idleBytes = connection.socket.bytesRead
    connection.answered += 1
  })
}

/** A request that came in whole and is not answered yet is work that nobody may cut short. */
function isWorking({requests}: Connection): boolean {
  return [...requests].some(({complete}) => complete)
}

/**
 * Who has the least claim to its place goes first: the refused, the half-sent, the silent, those that wait to ask again, and at last
 * those of `kept`: the latest to be answered a second time, as honest callers are on a connection that they keep. These are never more
 * than half of all (a segmented LRU), as what is half-sent in one piece with whole requests cannot be told from them: nobody can take
 * all places by asking twice.
 */
function claim(connection: Connection, kept: ReadonlySet<Connection>): number {
  const {socket, refused, idleSince, idleBytes, answered} = connection
  if (refused) return 0
  // An honest request comes in whole: what is half here is late already.
  if (socket.bytesRead !== idleBytes) return 1
  if (answered === 0 && performance.now() - idleSince > SILENT_MS) return 2
  return kept.has(connection) ? 4 : 3
}

function cutUnread(
  open: ReadonlyMap<Socket, Connection>,
  unreadMs: number,
  report: (reason: RefusalReason) => void,
): void {
  const now = performance.now()
  for (const connection of open.values()) {
    const {socket} = connection
    const moved = socket.writableLength === 0 || socket.bytesWritten !== connection.bytesWritten
    if (moved) Object.assign(connection, {bytesWritten: socket.bytesWritten, writtenAt: now})
    else if (now - connection.writtenAt >= unreadMs) {
      report('timeout')
      socket.destroy()
    }
  }
}

function refuse(socket: Socket, status: string): void {
  // A request whose answer has begun cannot be given a second one.
  if (socket.bytesWritten > 0) return void socket.destroy()
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(timer))
}

/** IPv4 as it is, IPv6 as its /64: one caller has all addresses of that. */
function networkOf(address = ''): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/iu, '')
  if (!isIPv6(mapped) || mapped === '::1') return mapped
  const [head = '', tail] = mapped.split('::')
  const [before, after] = [head, tail ?? ''].map(part => part.split(':').filter(Boolean)) as [string[], string[]]
  const zeros = tail === undefined ? [] : Array.from({length: 8 - before.length - after.length}, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}
