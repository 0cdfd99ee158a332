import {jsonReply, type RouteReply, type Route} from '@ep23/http'
import {Ep23Error, EXIT, type Clock} from '@ep23/sdk'

import {receivedSpans} from '../../domain/otlp-spans.js'
import {processGauges, storeGauges} from './live-gauges.js'
import type {Maintenance} from './maintenance.js'
import {createObserver} from './record-observations.js'
import type {Operation, SidecarDeps} from './sidecar-deps.js'
import {message} from '../../words/words.js'

/** The Content-Type of Prometheus's text format; Prometheus 3 refuses answers without it. */
const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** For whoever opens the printed address in a browser. */
const INDEX: RouteReply = {
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  body: `ep23 sidecar

GET  /metrics     metrics of all runs, for Prometheus
GET  /healthz     the process is alive
GET  /readyz      the store can be read
POST /v1/traces   spans, OTLP/JSON
POST /v1/observe  observations of declared metrics, with a token
`,
}

const MOST_TRACE_BYTES = 4 * 1024 * 1024
const MOST_OBSERVE_BYTES = 64 * 1024

/** All that the sidecar answers to. */
export function sidecarRoutes(deps: SidecarDeps, maintenance: Maintenance): Route<Operation>[] {
  const observe = createObserver(deps)
  const scrapeOnce = shareAnswers(deps.clock, async () => scrape(deps, maintenance))
  return [
    {path: '/', method: 'GET', operation: 'other', handle: async () => INDEX},
    {path: '/metrics', method: 'GET', operation: 'metrics', handle: scrapeOnce},
    {path: '/healthz', method: 'GET', operation: 'healthz', handle: async () => jsonReply(200, {status: 'ok'})},
    {path: '/readyz', method: 'GET', operation: 'readyz', handle: async () => ready(deps)},
    {
      path: '/v1/traces',
      method: 'POST',
      operation: 'traces',
      token: 'when-set',
      maxBodyBytes: MOST_TRACE_BYTES,
      handle: async ({body}) => receiveTraces(deps, body),
    },
    {
      path: '/v1/observe',
      method: 'POST',
      operation: 'observe',
      token: 'always',
      maxBodyBytes: MOST_OBSERVE_BYTES,
      handle: async ({body}) => observe(body),
    },
  ]
}

async function scrape(deps: SidecarDeps, {documents}: Maintenance): Promise<RouteReply> {
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

async function ready(deps: SidecarDeps): Promise<RouteReply> {
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
  return new Ep23Error(message('storeUnreadable'), {
    code: 'STORE_UNREADABLE',
    exit: EXIT.unavailable,
    cause,
  })
}

/** Stores the spans of an OTLP/JSON request and answers as OTLP wants: with what was not taken, or nothing. */
async function receiveTraces({spanArchive, counts}: SidecarDeps, body: unknown): Promise<RouteReply> {
  const {spans, rejected, problem} = receivedSpans(body)
  counts.spansReceived.inc({outcome: 'rejected'}, rejected)
  await spanArchive.add(spans)
  counts.spansReceived.inc({outcome: 'stored'}, spans.length)
  return jsonReply(200, rejected === 0 ? {} : {partialSuccess: {rejectedSpans: rejected, errorMessage: problem}})
}

/** An answer serves for so many times what making it took, so that callers together take a fifth of the time at most. */
const REUSED_FOR = 4

/**
 * Many callers, one piece of work: who comes while it runs waits for it, and who comes shortly after it gets the same.
 * A scraper that comes every few seconds always gets an answer of its own. What fails is not kept.
 */
export function shareAnswers<Answer>(
  clock: Pick<Clock, 'monotonic'>,
  make: () => Promise<Answer>,
): () => Promise<Answer> {
  let running: Promise<Answer> | undefined
  let last: {answer: Answer; until: number} | undefined

  async function makeOne(): Promise<Answer> {
    const from = clock.monotonic()
    const answer = await make()
    const now = clock.monotonic()
    last = {answer, until: now + REUSED_FOR * (now - from)}
    return answer
  }

  return async () => {
    if (last && clock.monotonic() < last.until) return last.answer
    running ??= makeOne().finally(() => (running = undefined))
    return running
  }
}
