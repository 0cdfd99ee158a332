import {once} from 'node:events'

import {McpServer, ProtocolError, ProtocolErrorCode, type ServerContext} from '@modelcontextprotocol/server'
import {badDataError, toEp23Error} from '@ep23/sdk'
import {serveStdio, StdioServerTransport} from '@modelcontextprotocol/server/stdio'

import {allows, type Scope, type Arguments, type Tool} from '../../domain/tool.js'
import {message} from '../../words/words.js'
import type {EvidenceFiles} from './evidence-files.js'

interface Request {
  name: string
  arguments: Arguments
  scope: Scope
  traceparent: unknown
  signal: AbortSignal
  onProgress: (line: string) => void
}

interface Result {
  failed: boolean
  traceparent: string
  content: Record<string, unknown>
  text: string
}

export interface McpServerOptions {
  version: string
  tools: readonly Tool[]
  callTool: (request: Request) => Promise<Result>
  evidence: EvidenceFiles
  /** Aborted when the server ends; then the calls end too. */
  ending: AbortSignal
}

/** An MCP server for one connection or request of a caller with this scope; the calls are dispatched here and not by the SDK, so that all are counted. */
export function createMcpServer(
  {version, tools, callTool, evidence, ending}: McpServerOptions,
  scope: Scope,
): McpServer {
  const mcp = new McpServer({name: 'ep23', version}, {capabilities: {tools: {}, resources: {}}})
  const {server} = mcp
  const listed = tools
    .filter(tool => allows(scope, tool.scope))
    .map(({name, title, description, inputSchema, annotations}) => {
      return {name, title, description, inputSchema, annotations: {title, ...annotations}}
    })
  server.setRequestHandler('tools/list', () => ({tools: listed}))
  server.setRequestHandler('tools/call', async ({params}, context) => {
    const {failed, traceparent, content, text} = await callTool({
      name: params.name,
      arguments: params.arguments ?? {},
      scope,
      traceparent: context.mcpReq._meta?.['traceparent'],
      signal: signalOf(context, ending),
      onProgress: progressTo(context),
    })
    return {
      // The few lines first; then, for callers that know no structured content, the whole.
      content: [
        {type: 'text', text},
        {type: 'text', text: JSON.stringify(content)},
      ],
      structuredContent: content,
      isError: failed,
      _meta: {traceparent},
    }
  })
  server.setRequestHandler('resources/list', async () => ({resources: await evidence.list()}))
  server.setRequestHandler('resources/templates/list', () => ({resourceTemplates: []}))
  server.setRequestHandler('resources/read', async ({params}) => {
    const {uri, mimeType, text} = await evidence.read(params.uri).catch(refuse)
    return {contents: [{uri, mimeType, text}]}
  })
  return mcp
}

function refuse(error: unknown): never {
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, toEp23Error(error).message)
}

// A caller of the older protocol over HTTP can cancel only by hanging up.
function signalOf({mcpReq, http}: ServerContext, ending: AbortSignal): AbortSignal {
  return AbortSignal.any([mcpReq.signal, ending, ...(http?.req ? [http.req.signal] : [])])
}

function progressTo({mcpReq}: ServerContext): (line: string) => void {
  const progressToken = mcpReq._meta?.progressToken
  let progress = 0
  return line => {
    if (progressToken === undefined || mcpReq.signal.aborted) return
    progress += 1
    // The caller may have left in the meantime; its call is aborted then.
    mcpReq
      .notify({method: 'notifications/progress', params: {progressToken, progress, message: line}})
      .catch(() => undefined)
  }
}

interface StdioOptions {
  createServer: () => McpServer
  signal: AbortSignal
  onError: (error: Error) => void
}

/** The longest line that is read. */
const LONGEST_MIB = 10

/** Tells when it reads no more: its caller has left, or a message was too long. */
class TellingTransport extends StdioServerTransport {
  readonly closed = Promise.withResolvers<void>()

  override async close(): Promise<void> {
    await super.close()
    this.closed.resolve()
  }
}

/**
 * Serves one caller over standard input and output until it closes them or the signal comes.
 * @throws MCP_MESSAGE_TOO_LARGE (65)
 */
export async function serveOverStdio({createServer, signal, onError}: StdioOptions): Promise<void> {
  const {stdin, stdout} = process
  const transport = new TellingTransport(stdin, stdout, {maxBufferSize: LONGEST_MIB * 2 ** 20})
  const connection = serveStdio(createServer, {transport, onerror: onError})
  if (!signal.aborted) await Promise.race([transport.closed.promise, once(signal, 'abort')])
  const callerStays = !signal.aborted && stdin.readable && stdout.writable
  await connection.close()
  stdin.destroy()
  if (callerStays)
    throw badDataError('MCP_MESSAGE_TOO_LARGE', message('mcpTooLong', {mebibytes: LONGEST_MIB}), [
      message('startMcpAgain'),
    ])
}
