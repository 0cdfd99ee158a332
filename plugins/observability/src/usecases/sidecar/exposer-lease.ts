import {hostname} from 'node:os'

import {Ep23Error, EXIT, type Clock, type Store} from '@ep23/sdk'

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

export interface ExposerLease {
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
  return new Ep23Error(`another sidecar shows the metrics of ${store.location}: ${url} (process ${pid} on ${host})`, {
    code: 'EXPOSER_TAKEN',
    exit: EXIT.tryAgain,
    suggestions: ['scrape that one, or stop it first: with two of them everything would count twice'],
  })
}
