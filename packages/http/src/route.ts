export interface RouteReply {
  status: number
  contentType: string
  body: string | Uint8Array
  headers?: Readonly<Record<string, string>>
}

/** What a route is told of a request. */
export interface RouteRequest {
  /** The decoded parts of the path, by the names in the route's: `/run/:id` of `/run/7` has `{id: '7'}`. */
  parameters: Readonly<Record<string, string>>
  query: URLSearchParams
  /** The parsed JSON body; undefined for a route that takes none. */
  body: unknown
}

/** One thing that a server does; `operation` is its name in metrics. */
export interface Route<Operation extends string = string> {
  /** Parts that begin with a colon stand for any one part. */
  path: string
  method: 'GET' | 'POST'
  operation: Operation
  /** `when-set`: the token is asked for if the server has one; `always`: without one the route is closed. */
  token?: 'always' | 'when-set'
  /** Most bytes of the JSON body, unpacked; without it the route takes none. */
  maxBodyBytes?: number
  handle(asked: RouteRequest): Promise<RouteReply>
}

export function jsonReply(status: number, value: unknown): RouteReply {
  return {status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n`}
}

/** A text that a page loads, such as its script. */
export function fileRoute(path: string, contentType: string, body: string): Route<'file'> {
  return {
    path,
    method: 'GET',
    operation: 'file',
    handle: async () => ({status: 200, contentType: `${contentType}; charset=utf-8`, body}),
  }
}

/** The parameters of a path that fits a route's, or undefined. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (!part.startsWith(':')) {
      if (part !== value) return undefined
      continue
    }
    const decoded = decodePart(value)
    if (decoded === undefined || decoded === '') return undefined
    parameters[part.slice(1)] = decoded
  }
  return parameters
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
