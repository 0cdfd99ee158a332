import {randomBytes} from 'node:crypto'

import {createTokenBuckets, REQUEST_RATE} from '@ep23/http'
import {Ep23Error, EXIT, keepMemoryFlat, type Logger, type Runtime, type Language, writeOnStderr} from '@ep23/sdk'

import {createMcpServer, type McpServerOptions} from '../adapters/mcp/create-mcp-server.js'
import {createEvidenceFiles} from '../adapters/mcp/evidence-files.js'
import {createOwnMetrics, type OwnMetrics} from '../adapters/mcp/own-metrics.js'
import type {Scope, ScopedToken, Tool} from '../domain/tool.js'
import {mcpMetrics} from '../metrics.js'
import {createCallTool, type CallTool} from '../usecases/mcp/call-tool.js'
import {mcpTools} from './mcp-tools.js'
import {message} from '../words/words.js'

interface McpOptions {
  /** Of what is said while it serves. */
  lang: Language
  /** Undefined: standard input and output. */
  port: number | undefined
  /** What callers may do at most. */
  most: Scope
  allowedHosts: readonly string[]
  tokens: readonly ScopedToken[]
  /** The settings file of the command line. */
  config: string | undefined
}

/** What an MCP server did in its life. */
export interface McpReport {
  transport: 'http' | 'stdio'
  seconds: number
  calls: number
}

const PUBLISH_MS = 15_000
/** Reads, and failures, that leave a span and a line in the log. */
const RECORDED_RATE = {burst: 100, aSecond: 1}

/** Serves until the caller leaves or a signal comes; then interrupts what runs and waits for it. */
export async function serveMcp(runtime: Runtime, options: McpOptions): Promise<McpReport> {
  const {clock, settings, signal, version} = runtime
  const from = clock.monotonic()
  keepMemoryFlat()
  const own = createOwnMetrics(await structuredLogsSpec(runtime))
  const logger = own.counting(runtime.logger, settings.logLevel)
  const tools = mcpTools(runtime, options.config)
  const ending = new AbortController()
  const calls = trackCalls(createCallTool(callDeps(runtime, {tools, own, logger, ...options})))
  const server: McpServerOptions = {
    version,
    tools,
    callTool: calls.callTool,
    evidence: createEvidenceFiles(settings.datasetDir),
    ending: ending.signal,
  }
  const stopPublishing = publishRegularly(runtime, logger)
  logger.info({transport: options.port === undefined ? 'stdio' : 'http', scope: options.most}, 'MCP server serves')
  try {
    const {refusals} = bindMcpMetrics(runtime)
    await serve({server, options, own, refusals, logger, signal, onLeaving: () => ending.abort()})
  } finally {
    stopPublishing()
    ending.abort()
    await calls.allEnded()
  }
  return {
    transport: options.port === undefined ? 'stdio' : 'http',
    seconds: clock.monotonic() - from,
    calls: calls.count(),
  }
}

interface Serving {
  server: McpServerOptions
  options: McpOptions
  own: OwnMetrics
  refusals: ReturnType<typeof bindMcpMetrics>['refusals']
  logger: Logger
  signal: AbortSignal
  onLeaving: () => void
}

async function serve({server, options, own, refusals, logger, signal, onLeaving}: Serving): Promise<void> {
  signal.addEventListener('abort', onLeaving)
  const createServer = (scope: Scope) => createMcpServer(server, scope)
  const onError = (error: unknown): void => logger.warn({err: error}, 'a request could not be served')
  if (options.port === undefined) {
    const {serveOverStdio} = await import('../adapters/mcp/create-mcp-server.js')
    return serveOverStdio({createServer: () => createServer(options.most), signal, onError})
  }
  const {serveOverHttp} = await import('../adapters/mcp/serve-http.js')
  return serveOverHttp({
    ...{createServer, signal, onError, tokens: options.tokens, most: options.most},
    ...{allowedHosts: options.allowedHosts, port: options.port},
    exposition: async () => own.exposition(),
    // Also with --json, for whoever waits for it; oclif's own log is silent then.
    onListening: url => void writeOnStderr(message('servingMcp', {url}), options.lang),
    // Counted; a line for each would let anybody fill the disk.
    onRefusal(reason) {
      own.refuse(reason)
      refusals.inc({reason})
      logger.debug({reason}, 'a request was refused')
    },
  })
}

interface Calling extends Pick<McpOptions, 'most' | 'port'> {
  tools: readonly Tool[]
  own: OwnMetrics
  logger: Logger
}

function callDeps(runtime: Runtime, {tools, most, port, own, logger}: Calling) {
  const {clock, run, spanArchive} = runtime
  const shared = bindMcpMetrics(runtime)
  return {
    ...{clock, run, spanArchive, logger, tools, most},
    traceSample: runtime.settings.traceSample,
    newId: (bytes: number) => randomBytes(bytes).toString('hex'),
    isWorthRecording: createTokenBuckets(RECORDED_RATE),
    // Over HTTP each caller has a rate of its own, checked before its body is read.
    checkRate: port === undefined ? createCallLimit() : () => undefined,
    record: ((tool, status, seconds) => {
      own.record(tool, status, seconds)
      shared.requests.inc({tool, status})
      shared.duration.observe({tool}, seconds)
    }) satisfies OwnMetrics['record'],
  }
}

function createCallLimit(): () => void {
  const hasToken = createTokenBuckets(REQUEST_RATE)
  return () => {
    if (hasToken('stdio')) return
    throw new Ep23Error(message('tooFast', {perSecond: REQUEST_RATE.aSecond}), {
      code: 'MCP_TOO_MANY_CALLS',
      exit: EXIT.tryAgain,
      suggestions: [message('againInSecond')],
    })
  }
}

function bindMcpMetrics({metrics}: Runtime) {
  return metrics.bind(mcpMetrics)
}

function trackCalls(callTool: CallTool): {callTool: CallTool; allEnded: () => Promise<void>; count: () => number} {
  const running = new Set<Promise<unknown>>()
  let count = 0
  return {
    async callTool(request) {
      count += 1
      const call = callTool(request)
      running.add(call)
      return call.finally(() => running.delete(call))
    },
    allEnded: async () => void (await Promise.allSettled(running)),
    count: () => count,
  }
}

function publishRegularly({sharedMetrics}: Runtime, logger: Logger): () => void {
  const timer = setInterval(() => {
    sharedMetrics.publish().catch((error: unknown) => logger.warn({err: error}, 'metrics could not be stored'))
  }, PUBLISH_MS)
  return () => clearInterval(timer)
}

async function structuredLogsSpec({sharedMetrics}: Runtime) {
  return (await sharedMetrics.declarations()).find(({spec}) => spec.name === 'structured_logs_total')?.spec
}
