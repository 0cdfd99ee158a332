import {LOG_LEVELS, type Logger, type LogLevel, type MetricSpec} from '@ep23/sdk'
import {Counter, Histogram, Registry} from 'prom-client'

import {MCP_REFUSALS, type McpRefusal} from '../../domain/mcp-refusals.js'
import {CALL_STATUSES, TOOL_NAMES, type CallStatus, type ToolName} from '../../domain/tool.js'
import {mcpMetrics} from '../../metrics.js'

/** What this process alone has done, for its own /metrics; all runs together are the sidecar's to show. */
export interface OwnMetrics {
  record(tool: ToolName | 'unknown', status: CallStatus, seconds: number): void
  refuse(reason: McpRefusal): void
  /** The same logger, its lines counted as `structured_logs_total` counts them. */
  counting(logger: Logger, leastLevel: string): Logger
  exposition(): Promise<string>
}

export function createOwnMetrics(structuredLogs: MetricSpec | undefined): OwnMetrics {
  const registry = new Registry()
  const registers = [registry]
  const {requests, duration, refusals} = mcpMetrics
  const calls = new Counter({name: requests.name, help: requests.help, labelNames: ['tool', 'status'], registers})
  const seconds = new Histogram({
    name: duration.name,
    help: duration.help,
    labelNames: ['tool'],
    buckets: [...duration.buckets],
    registers,
  })
  const refused = new Counter({name: refusals.name, help: refusals.help, labelNames: ['reason'], registers})
  const lines =
    structuredLogs &&
    new Counter({
      name: structuredLogs.name,
      help: structuredLogs.help,
      labelNames: ['service', 'level'],
      registers,
    })
  for (const tool of [...TOOL_NAMES, 'unknown']) {
    seconds.zero({tool})
    for (const status of CALL_STATUSES) calls.inc({tool, status}, 0)
  }
  for (const reason of MCP_REFUSALS) refused.inc({reason}, 0)
  for (const level of LOG_LEVELS) lines?.inc({service: 'ep23-mcp', level}, 0)

  return {
    record(tool, status, took) {
      calls.inc({tool, status})
      seconds.observe({tool}, took)
    },
    refuse: reason => refused.inc({reason}),
    counting(logger, leastLevel) {
      const least = LOG_LEVELS.findIndex(level => level === leastLevel)
      const counted =
        (level: LogLevel): Logger[LogLevel] =>
        (fields, message) => {
          logger[level](fields, message)
          if (LOG_LEVELS.indexOf(level) >= least) lines?.inc({service: 'ep23-mcp', level})
        }
      return {debug: counted('debug'), info: counted('info'), warn: counted('warn'), error: counted('error')}
    },
    exposition: async () => registry.metrics(),
  }
}
