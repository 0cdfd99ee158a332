import type {sidecarMetrics} from '../metrics.js'

export type RefusalReason = (typeof sidecarMetrics.refusals.labels.reason)[number]

interface RefusalDetails {
  status: number
  reason: RefusalReason
  headers?: Readonly<Record<string, string>>
}

/** A request that is answered with an error of the 4xx kind; the message is for the caller. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly reason: RefusalReason
  readonly headers: Readonly<Record<string, string>>

  constructor(message: string, {status, reason, headers = {}}: RefusalDetails) {
    super(message)
    this.status = status
    this.reason = reason
    this.headers = headers
  }
}
