import type {Clock, RunIdentity, Service, Store} from '@ep23/sdk'

import type {ProcessMetrics} from './registry.js'
import {runMetricsIn, type RunMetrics} from './run-metrics.js'

export interface PublisherOptions {
  store: Store
  metrics: ProcessMetrics
  run: Pick<RunIdentity, 'command' | 'run_id'>
  service: Service
  clock: Clock
}

/**
 * Stores what a long-lived process records, share by share, each a document like that of a short run. A share whose
 * storing failed may be stored or not: it is kept under its id and written again before the next one is taken, so that
 * it counts once. Calls queue up.
 */
export function createPublisher({store, metrics, run, service, clock}: PublisherOptions): () => Promise<void> {
  let shares = 0
  let unsettled: RunMetrics | undefined
  let last = Promise.resolve()

  async function nextShare(): Promise<RunMetrics | undefined> {
    const samples = await metrics.drain()
    if (samples.length === 0) return undefined
    shares += 1
    return {run_id: `${run.run_id}.${shares}`, service, command: run.command, recorded_at: clock.now(), samples}
  }

  async function settle(share: RunMetrics | undefined): Promise<void> {
    if (!share) return
    unsettled = share
    await runMetricsIn(store).upsertMany([share], 'run_id')
    unsettled = undefined
  }

  return () => {
    const publishing = last.then(async () => {
      await settle(unsettled)
      await settle(await nextShare())
    })
    last = publishing.catch(() => undefined)
    return publishing
  }
}
