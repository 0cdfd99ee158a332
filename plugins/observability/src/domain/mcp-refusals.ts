/** Why the HTTP side of the MCP server turns a caller away: a closed set, because it is a label of metrics. */
export const MCP_REFUSALS = [
  'host',
  'origin',
  'token',
  'path',
  'method',
  'media_type',
  'body_size',
  'encoding',
  'malformed',
  'timeout',
  'header_size',
  'connections',
  'other',
] as const
export type McpRefusal = (typeof MCP_REFUSALS)[number]

const BY_STATUS: Readonly<Record<number, McpRefusal>> = {
  400: 'malformed',
  405: 'method',
  406: 'media_type',
  413: 'body_size',
  415: 'media_type',
}

/** What was wrong with a request that the SDK has answered with this status; undefined for one that it has served. */
export function refusalOf(status: number): McpRefusal | undefined {
  return status < 400 || status >= 500 ? undefined : (BY_STATUS[status] ?? 'other')
}

export function knownRefusal(reason: string): McpRefusal {
  return MCP_REFUSALS.find(known => known === reason) ?? 'other'
}
