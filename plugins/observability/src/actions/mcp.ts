import {randomBytes} from 'node:crypto'

import {keepMemoryFlat, type Logger, type Runtime} from '@ep23/sdk'

import {createMcpServer, type McpServerOptions} from '../adapters/mcp/create-mcp-server.js'
import {createEvidenceFiles} from '../adapters/mcp/evidence-files.js'
import {createOwnMetrics, type OwnMetrics} from '../adapters/mcp/own-metrics.js'
import {createCommandRunner} from '../adapters/mcp/run-command.js'
import type {Scope, ScopedToken, Tool} from '../domain/tool.js'
import {mcpMetrics} from '../metrics.js'
import {createCallTool, type CallTool} from '../usecases/mcp/call-tool.js'
import {readingCommandTools, writingTools} from '../usecases/mcp/command-tools.js'
import {datasetTools} from '../usecases/mcp/dataset-tools.js'
import {metricTools} from '../usecases/mcp/metric-tools.js'
import {ownerTools, retrievalReader} from '../usecases/mcp/retrieval-tools.js'
import {telemetryTools} from '../usecases/mcp/telemetry-tools.js'

export interface McpOptions {
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

/** Serves until the caller leaves or a signal comes; then interrupts what runs and waits for it. */
export async function serveMcp(runtime: Runtime, options: McpOptions): Promise<McpReport> {
  const {clock, settings, signal, version} = runtime
  const from = clock.monotonic()
  keepMemoryFlat()
  const own = createOwnMetrics(await structuredLogsSpec(runtime))
  const logger = own.counting(runtime.logger, settings.logLevel)
  const tools = toolsFor(runtime, options.config)
  const ending = new AbortController()
  const calls = trackCalls(createCallTool(callDeps(runtime, {tools, most: options.most, own, logger})))
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
    onListening: url => void process.stderr.write(`Serving on ${url}\n`),
    // Counted; a line for each would let anybody fill the disk.
    onRefusal(reason) {
      own.refuse(reason)
      refusals.inc({reason})
      logger.debug({reason}, 'a request was refused')
    },
  })
}

function toolsFor(runtime: Runtime, config: string | undefined): Tool[] {
  const runCommand = createCommandRunner({
    program: [process.execPath, process.argv[1] ?? ''],
    env: commandEnvironment(runtime, config),
  })
  return [
    ...datasetTools(runtime),
    ...telemetryTools(runtime),
    ...metricTools(runtime),
    ...readingCommandTools(runCommand),
    retrievalReader(runCommand),
    ...writingTools(runCommand),
    ...ownerTools(runCommand),
  ]
}

// A command works on the same store and with the same settings; the server's token is none of its business.
function commandEnvironment({settings}: Runtime, config: string | undefined): NodeJS.ProcessEnv {
  const {EP23_OBSERVABILITY_MCP_TOKEN: _token, EP23_QUIET: _quiet, ...inherited} = process.env
  return {
    ...inherited,
    EP23_STORE: settings.store,
    EP23_DATASET_DIR: settings.datasetDir,
    EP23_LOG_DIR: settings.logDir,
    EP23_LOG_LEVEL: settings.logLevel,
    EP23_TELEMETRY: settings.telemetry ? 'on' : 'off',
    EP23_TRACE_SAMPLE: String(settings.traceSample),
    ...(config !== undefined && {EP23_CONFIG: config}),
  }
}

interface Calling {
  tools: readonly Tool[]
  most: Scope
  own: OwnMetrics
  logger: Logger
}

function callDeps(runtime: Runtime, {tools, most, own, logger}: Calling) {
  const {clock, run, spanArchive} = runtime
  const shared = bindMcpMetrics(runtime)
  return {
    ...{clock, run, spanArchive, logger, tools, most},
    traceSample: runtime.settings.traceSample,
    newId: (bytes: number) => randomBytes(bytes).toString('hex'),
    record: ((tool, status, seconds) => {
      own.record(tool, status, seconds)
      shared.requests.inc({tool, status})
      shared.duration.observe({tool}, seconds)
    }) satisfies OwnMetrics['record'],
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
