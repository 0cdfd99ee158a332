import type {sidecarMetrics} from '../metrics.js'

export type Operation = (typeof sidecarMetrics.requests.labels.operation)[number]

export interface Reply {
  status: number
  contentType: string
  body: string | Uint8Array
  headers?: Readonly<Record<string, string>>
}

/** One thing that the server does. */
export interface Route {
  path: string
  method: 'GET' | 'POST'
  operation: Operation
  /** `when-set`: the token is asked for if the server has one; `always`: without one the route is closed. */
  token?: 'always' | 'when-set'
  /** Most bytes of the JSON body, unpacked; without it the route takes none. */
  maxBodyBytes?: number
  handle(body: unknown): Promise<Reply>
}

export function jsonReply(status: number, value: unknown): Reply {
  return {status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n`}
}
