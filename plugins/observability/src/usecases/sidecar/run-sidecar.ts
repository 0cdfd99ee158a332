import {once} from 'node:events'

import type {Route} from '@ep23/http'

import {sidecarMetrics} from '../../metrics.js'
import {createExposerLease, createMaintenance} from './maintenance.js'
import type {Operation, SidecarDeps} from './sidecar-deps.js'
import {sidecarRoutes} from './sidecar-routes.js'

const REFUSALS = sidecarMetrics.refusals.labels.reason

/** The server as the sidecar sees it. */
interface SidecarServer {
  listen(host: string, port: number): Promise<number>
  close(): Promise<void>
}

interface SidecarServerEvents {
  routes: readonly Route<Operation>[]
  onAnswer: (operation: Operation, status: number) => void
  onRefusal: (reason: string) => void
  onError: (error: unknown) => void
}

interface SidecarOptions {
  host: string
  port: number
  foldSeconds: number
  /** Ends the sidecar. */
  signal: AbortSignal
  onListening: (url: string) => void
}

/** What a sidecar did in its life. */
export interface SidecarReport {
  url: string
  seconds: number
  answers: number
}

type RunDeps = Omit<SidecarDeps, 'counts'> & {createServer: (events: SidecarServerEvents) => SidecarServer}

/**
 * Serves until the signal; then answers what runs, folds once more, and ends well.
 * @throws Ep23Error PORT_TAKEN (69), EXPOSER_TAKEN (75)
 */
export async function runSidecar({createServer, ...runtime}: RunDeps, options: SidecarOptions): Promise<SidecarReport> {
  const deps: SidecarDeps = {...runtime, counts: runtime.metrics.bind(sidecarMetrics)}
  const {store, clock, run, logger} = deps
  const from = clock.monotonic()
  const lease = createExposerLease({store, clock, run_id: run.run_id, renewSeconds: options.foldSeconds})
  const maintenance = createMaintenance(deps, lease)
  let answers = 0
  const server = createServer({
    ...eventsOf(deps, () => (answers += 1)),
    routes: sidecarRoutes(deps, maintenance),
  })
  const url = await startListening(server, options)
  try {
    await maintenance.once(url)
    logger.info({url}, 'sidecar serves')
    options.onListening(url)
    await Promise.race([maintenance.keepOn(url, options.foldSeconds, options.signal), untilAborted(options.signal)])
  } finally {
    await server.close()
  }
  await maintenance.once(url)
  await lease.release().catch((error: unknown) => logger.warn({err: error}, 'the lease could not be given back'))
  return {url, seconds: clock.monotonic() - from, answers}
}

function eventsOf({counts, logger}: SidecarDeps, countAnswer: () => void): Omit<SidecarServerEvents, 'routes'> {
  return {
    onAnswer(operation, status) {
      countAnswer()
      counts.requests.inc({operation, status: String(status)})
    },
    onRefusal: reason => counts.refusals.inc({reason: REFUSALS.find(known => known === reason) ?? 'other'}),
    onError: error => logger.error({err: error}, 'a request failed'),
  }
}

async function startListening(server: SidecarServer, {host, port}: SidecarOptions): Promise<string> {
  const taken = await server.listen(host, port)
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
