import type {Server} from 'node:http'
import type {Socket} from 'node:net'

import type {RefusalReason} from '../../domain/http-refusal.js'

interface Refusal {
  status: string
  reason: RefusalReason
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {status: '408 Request Timeout', reason: 'timeout'},
  HPE_HEADER_OVERFLOW: {status: '431 Request Header Fields Too Large', reason: 'header_size'},
}

const MALFORMED: Refusal = {status: '400 Bad Request', reason: 'malformed'}

/** Answers and reports what never becomes a request: too slow, too long headers, no HTTP, too many connections. */
export function onRefusedConnection(server: Server, report: (reason: RefusalReason) => void): void {
  server.on('drop', () => report('connections'))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A caller that hangs up has done nothing wrong.
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else {
      const {status, reason} = REFUSALS[error.code ?? ''] ?? MALFORMED
      report(reason)
      refuse(socket as Socket, status)
    }
  })
}

// A request whose answer has begun cannot be given a second one.
function refuse(socket: Socket, status: string): void {
  if (socket.bytesWritten > 0) socket.destroy()
  else socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
