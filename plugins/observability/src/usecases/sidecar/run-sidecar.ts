import {once} from 'node:events'

import type {RefusalReason} from '../../domain/http-refusal.js'
import type {Operation, Route} from '../../domain/route.js'
import {sidecarMetrics} from '../../metrics.js'
import {createMaintenance} from './maintenance.js'
import type {SidecarDeps} from './sidecar-deps.js'
import {sidecarRoutes} from './sidecar-routes.js'

/** The server as the sidecar sees it. */
export interface SidecarServer {
  listen(host: string, port: number): Promise<number>
  close(): Promise<void>
}

export interface SidecarServerEvents {
  routes: readonly Route[]
  onAnswer: (operation: Operation, status: number) => void
  onRefusal: (reason: RefusalReason) => void
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

/** Serves until the signal; then answers what runs, folds once more, and ends well. */
export async function runSidecar({createServer, ...runtime}: RunDeps, options: SidecarOptions): Promise<SidecarReport> {
  const deps = depsOf(runtime)
  const from = deps.clock.monotonic()
  const maintenance = createMaintenance(deps)
  let answers = 0
  const server = createServer({
    routes: sidecarRoutes(deps, maintenance),
    onAnswer: (operation, status) => {
      answers += 1
      deps.counts.requests.inc({operation, status: String(status)})
    },
    onRefusal: reason => deps.counts.refusals.inc({reason}),
    onError: error => deps.logger.error({err: error}, 'a request failed'),
  })
  await maintenance.once()
  const url = await startListening(server, options)
  deps.logger.info({url}, 'sidecar serves')
  options.onListening(url)
  await Promise.all([untilAborted(options.signal), maintenance.keepOn(options.foldSeconds, options.signal)])
  await server.close()
  await maintenance.once()
  return {url, seconds: deps.clock.monotonic() - from, answers}
}

function depsOf(runtime: Omit<SidecarDeps, 'counts'>): SidecarDeps {
  return {...runtime, counts: runtime.metrics.bind(sidecarMetrics)}
}

async function startListening(server: SidecarServer, {host, port}: SidecarOptions): Promise<string> {
  const taken = await server.listen(host, port)
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
