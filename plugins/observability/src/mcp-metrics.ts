import {defineMetrics} from '@ep23/sdk'

import {MCP_REFUSALS} from './domain/mcp/http-refusals.js'
import {CALL_STATUSES, TOOL_NAMES} from './domain/mcp/tool-names.js'

const tool = [...TOOL_NAMES, 'unknown'] as const

/** What the MCP server records about its own work: counted at dispatch, so that wrong arguments count too. */
export const mcpMetrics = defineMetrics({
  requests: {
    kind: 'counter',
    name: 'mcp_requests_total',
    help: 'Calls of tools over MCP, those with wrong arguments included.',
    unit: 'requests',
    labels: {tool, status: CALL_STATUSES},
  },
  duration: {
    kind: 'histogram',
    name: 'mcp_request_duration_seconds',
    help: 'How long calls of tools over MCP took.',
    unit: 'seconds',
    labels: {tool},
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
  },
  refusals: {
    kind: 'counter',
    name: 'mcp_refusals_total',
    help: 'Requests and connections that the MCP server has turned away over HTTP, by what was wrong with them.',
    unit: 'requests',
    labels: {reason: MCP_REFUSALS},
  },
})
