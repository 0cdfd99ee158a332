import {once} from 'node:events'

import type {McpServer} from '@modelcontextprotocol/server'
import {serveStdio} from '@modelcontextprotocol/server/stdio'

interface StdioOptions {
  createServer: () => McpServer
  signal: AbortSignal
  onError: (error: Error) => void
}

/** Serves one caller over standard input and output until it closes them or the signal comes. */
export async function serveOverStdio({createServer, signal, onError}: StdioOptions): Promise<void> {
  const left = Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')])
  const connection = serveStdio(createServer, {onerror: onError})
  if (!signal.aborted) await Promise.race([left, once(signal, 'abort')])
  await connection.close()
  process.stdin.destroy()
}
