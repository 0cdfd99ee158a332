import {setTimeout as pause} from 'node:timers/promises'

import {countDocuments, type DocumentCounts} from './live-gauges.js'
import type {SidecarDeps} from './sidecar-deps.js'

/** What the sidecar does from time to time, and what it knows from that. */
export interface Maintenance {
  documents: DocumentCounts
  /** Stores what the sidecar itself has recorded, compacts the runs, counts the documents. Never throws. */
  once(): Promise<void>
  /** Again and again, until the signal. */
  keepOn(seconds: number, signal: AbortSignal): Promise<void>
}

export function createMaintenance(deps: SidecarDeps): Maintenance {
  const maintenance: Maintenance = {
    documents: new Map(),
    async once() {
      try {
        await deps.sharedMetrics.publish()
        const {folded, recovered} = await deps.sharedMetrics.fold()
        deps.counts.folds.inc({outcome: 'ok'})
        deps.counts.foldedRuns.inc({}, folded)
        if (folded + recovered > 0) deps.logger.debug({folded, recovered}, 'runs folded')
        maintenance.documents = await countDocuments(deps)
      } catch (error) {
        deps.counts.folds.inc({outcome: 'failed'})
        deps.logger.warn({err: error}, 'the runs could not be folded')
      }
    },
    async keepOn(seconds, signal) {
      while (!signal.aborted) {
        await pause(seconds * 1000, undefined, {signal}).catch(() => undefined)
        if (!signal.aborted) await maintenance.once()
      }
    },
  }
  return maintenance
}
