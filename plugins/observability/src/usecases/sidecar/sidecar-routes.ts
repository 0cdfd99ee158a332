import {Ep23Error, EXIT} from '@ep23/sdk'

import {jsonReply, type Reply, type Route} from '../../domain/route.js'
import {processGauges, storeGauges} from './live-gauges.js'
import type {Maintenance} from './maintenance.js'
import {receiveTraces} from './receive-traces.js'
import {createObserver} from './record-observations.js'
import {shareAnswers} from './shared-answer.js'
import type {SidecarDeps} from './sidecar-deps.js'

/** The Content-Type of Prometheus's text format; Prometheus 3 refuses answers without it. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const MOST_TRACE_BYTES = 4 * 1024 * 1024
const MOST_OBSERVE_BYTES = 64 * 1024

/** All that the sidecar answers to. */
export function sidecarRoutes(deps: SidecarDeps, maintenance: Maintenance): Route[] {
  const observe = createObserver(deps)
  const scrapeOnce = shareAnswers(deps.clock, async () => scrape(deps, maintenance))
  return [
    {path: '/metrics', method: 'GET', operation: 'metrics', handle: scrapeOnce},
    {path: '/healthz', method: 'GET', operation: 'healthz', handle: async () => jsonReply(200, {status: 'ok'})},
    {path: '/readyz', method: 'GET', operation: 'readyz', handle: async () => ready(deps)},
    {
      path: '/v1/traces',
      method: 'POST',
      operation: 'traces',
      token: 'when-set',
      maxBodyBytes: MOST_TRACE_BYTES,
      handle: async body => receiveTraces(deps, body),
    },
    {
      path: '/v1/observe',
      method: 'POST',
      operation: 'observe',
      token: 'always',
      maxBodyBytes: MOST_OBSERVE_BYTES,
      handle: observe,
    },
  ]
}

async function scrape(deps: SidecarDeps, {documents}: Maintenance): Promise<Reply> {
  const from = deps.clock.monotonic()
  try {
    const live = [...(await storeGauges(deps, documents)), ...processGauges(deps)]
    // Encoded once, however many callers share it.
    const body = Buffer.from(await deps.sharedMetrics.exposition(live))
    deps.counts.scrapeDuration.observe({}, deps.clock.monotonic() - from)
    return {status: 200, contentType: EXPOSITION_TYPE, body}
  } catch (error) {
    throw unreadable(deps, error)
  }
}

async function ready(deps: SidecarDeps): Promise<Reply> {
  try {
    await deps.store.ping()
    return jsonReply(200, {status: 'ready'})
  } catch (error) {
    throw unreadable(deps, error)
  }
}

// Whatever is wrong with the store, the scraper must see the target as down and not as broken.
function unreadable({logger}: SidecarDeps, cause: unknown): Ep23Error {
  logger.warn({err: cause}, 'the store cannot be read')
  return new Ep23Error('the store cannot be read; the log of the server says why', {
    code: 'STORE_UNREADABLE',
    exit: EXIT.unavailable,
    cause,
  })
}
