import {hostname} from 'node:os'
import {setTimeout as pause} from 'node:timers/promises'

import {hasCode, Ep23Error, EXIT, type Clock, type Store} from '@ep23/sdk'

import {countDocuments, type DocumentCounts} from './live-gauges.js'
import type {SidecarDeps} from './sidecar-deps.js'
import {message} from '../../words/words.js'

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

/** Who shows the shared metrics of a store: one document in `ep23_exposers`. */
interface ExposerDocument {
  role: 'exposer'
  run_id: string
  url: string
  host: string
  pid: number
  renewed_at: Date
  /** After so long without renewal it is taken for dead. */
  lasts_seconds: number
}

interface LeaseOptions {
  store: Store
  clock: Clock
  run_id: string
  renewSeconds: number
  isAlive?: (pid: number) => boolean
}

interface ExposerLease {
  /** @throws Ep23Error EXPOSER_TAKEN (75) when another sidecar shows the metrics of this store */
  renew(url: string): Promise<void>
  release(): Promise<void>
}

const MISSED_RENEWALS = 3

/**
 * Sees to it that the shared series have one exposer: with two of them every sum over targets would count twice. Of two
 * that start in the same moment the later one stays, the other learns it at its next renewal. The lease of a process
 * that was killed on this machine, or has missed three renewals, is taken over.
 */
export function createExposerLease(options: LeaseOptions): ExposerLease {
  const {store, clock, run_id, renewSeconds} = options
  const exposers = store.collection<ExposerDocument>('ep23_exposers')
  const mine = (url: string): ExposerDocument => ({
    role: 'exposer',
    run_id,
    url,
    host: hostname(),
    pid: process.pid,
    renewed_at: clock.now(),
    lasts_seconds: renewSeconds * MISSED_RENEWALS,
  })
  return {
    async renew(url) {
      for await (const holder of exposers.find()) if (isHeld(holder, options)) throw taken(store, holder)
      await exposers.upsertMany([mine(url)], 'role')
    },
    release: async () => void (await exposers.deleteMany({role: 'exposer', run_id})),
  }
}

function isHeld(holder: ExposerDocument, {clock, run_id, isAlive = isRunning}: LeaseOptions): boolean {
  if (holder.run_id === run_id) return false
  if (clock.now().getTime() - holder.renewed_at.getTime() > holder.lasts_seconds * 1000) return false
  // In a container that was started again the dead sidecar had the same process id as this one.
  return holder.host !== hostname() || (holder.pid !== process.pid && isAlive(holder.pid))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function taken(store: Store, {url, host, pid}: ExposerDocument): Ep23Error {
  return new Ep23Error(message('otherSidecar', {location: store.location, url, pid, host}), {
    code: 'EXPOSER_TAKEN',
    exit: EXIT.tryAgain,
    suggestions: [message('scrapeThatOne')],
  })
}
