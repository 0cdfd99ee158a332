import {setTimeout as pause} from 'node:timers/promises'

import {hasCode} from '@ep23/sdk'

import type {ExposerLease} from './exposer-lease.js'
import {countDocuments, type DocumentCounts} from './live-gauges.js'
import type {SidecarDeps} from './sidecar-deps.js'

/** What the sidecar does from time to time, and what it knows from that. */
export interface Maintenance {
  documents: DocumentCounts
  /**
   * Renews the lease, stores what the sidecar itself has recorded, compacts the runs, counts the documents. A store
   * that fails is reported and tried again the next time.
   * @throws Ep23Error EXPOSER_TAKEN, and nothing else
   */
  once(url: string): Promise<void>
  /** Again and again, until the signal. */
  keepOn(url: string, seconds: number, signal: AbortSignal): Promise<void>
}

export function createMaintenance(deps: SidecarDeps, lease: ExposerLease): Maintenance {
  const maintenance: Maintenance = {
    documents: new Map(),
    async once(url) {
      try {
        await lease.renew(url)
        await foldRuns(deps)
        maintenance.documents = await countDocuments(deps)
      } catch (error) {
        if (hasCode(error, 'EXPOSER_TAKEN')) throw error
        deps.counts.folds.inc({outcome: 'failed'})
        deps.logger.warn({err: error}, 'the runs could not be folded')
      }
    },
    async keepOn(url, seconds, signal) {
      while (!signal.aborted) {
        await pause(seconds * 1000, undefined, {signal}).catch(() => undefined)
        if (!signal.aborted) await maintenance.once(url)
      }
    },
  }
  return maintenance
}

async function foldRuns({sharedMetrics, counts, logger}: SidecarDeps): Promise<void> {
  await sharedMetrics.publish()
  const {folded, recovered} = await sharedMetrics.fold()
  counts.folds.inc({outcome: 'ok'})
  counts.foldedRuns.inc({}, folded)
  if (folded + recovered > 0) logger.debug({folded, recovered}, 'runs folded')
}
