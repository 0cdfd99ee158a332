import {stat} from 'node:fs/promises'

import type {LiveGauge, MetricSpec} from '@ep23/sdk'

import {liveMetrics} from '../../metrics.js'
import type {SidecarDeps} from './sidecar-deps.js'

/** The text field by which the documents of each collection are counted. */
const COUNTED = {
  digests: 'channel',
  review_reports: 'assignment_id',
  ep23_runs: 'service',
  ep23_spans: 'service',
  ep23_metrics: 'service',
} as const

type StoreDeps = Pick<SidecarDeps, 'settings' | 'store'>

export type DocumentCounts = ReadonlyMap<string, number>

/** Of ep23's own documents; what the team's programs keep in the same collection says no origin, and is theirs. */
const OWN_DIGESTS = {'metadata.origin': {$in: ['telegram', 'synthetic']}}

/** What is in the store now; the digests are counted each time, for the rule of at least thirty. */
export async function storeGauges({store, settings}: StoreDeps, documents: DocumentCounts): Promise<LiveGauge[]> {
  const digests = await store.collection('digests').countBy(OWN_DIGESTS, 'channel')
  return [
    byLabel(liveMetrics.datasetDigests, 'channel', digests),
    byLabel(liveMetrics.storeDocuments, 'collection', documents),
    byLabel(liveMetrics.storeSize, 'state', await storeSizes(settings.store)),
  ]
}

/** What the sidecar says about its own process. */
export function processGauges({run, version}: Pick<SidecarDeps, 'run' | 'version'>): LiveGauge[] {
  return [
    byLabel(liveMetrics.build, 'version', new Map([[version, 1]])),
    {spec: liveMetrics.memory, values: [{labels: {}, value: process.memoryUsage.rss()}]},
    {spec: liveMetrics.started, values: [{labels: {}, value: run.started_at.getTime() / 1000}]},
  ]
}

/** Counts whole collections: for a timer, not for every scrape. */
export async function countDocuments({store}: Pick<StoreDeps, 'store'>): Promise<DocumentCounts> {
  const counts = new Map<string, number>()
  for (const [collection, field] of Object.entries(COUNTED)) {
    const groups = await store.collection(collection).countBy({}, field)
    counts.set(
      collection,
      [...groups.values()].reduce((sum, count) => sum + count, 0),
    )
  }
  return counts
}

function byLabel(spec: MetricSpec, label: string, values: ReadonlyMap<string, number>): LiveGauge {
  return {spec, values: [...values].map(([value, count]) => ({labels: {[label]: value}, value: count}))}
}

// A server's store has no file here, and the log is gone while nobody has the store open.
async function storeSizes(location: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const [state, file] of Object.entries({database: location, log: `${location}-wal`})) {
    const found = await stat(file).catch(() => undefined)
    if (found) sizes.set(state, found.size)
  }
  return sizes
}
