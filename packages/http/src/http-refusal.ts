/** What was wrong with a request that this package turns away; a server's own routes may have reasons of their own. */
export type RefusalReason =
  | 'host'
  | 'origin'
  | 'token'
  | 'path'
  | 'method'
  | 'media_type'
  | 'body_size'
  | 'encoding'
  | 'malformed'
  | 'timeout'
  | 'header_size'
  | 'connections'

interface RefusalDetails {
  status: number
  reason: string
  headers?: Readonly<Record<string, string>>
}

/** A request that is answered with an error of the 4xx kind; the message is for the caller. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>

  constructor(message: string, {status, reason, headers = {}}: RefusalDetails) {
    super(message)
    this.status = status
    this.reason = reason
    this.headers = headers
  }
}
