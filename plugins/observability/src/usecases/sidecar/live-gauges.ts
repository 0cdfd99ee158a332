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

export type DocumentCounts = ReadonlyMap<string, number>

/** What is measured at every scrape; the digests are counted in the store each time, for the rule of at least thirty. */
export async function readLiveGauges(deps: SidecarDeps, documents: DocumentCounts): Promise<LiveGauge[]> {
  const {datasetDigests, storeDocuments, storeSize, build, memory, started} = liveMetrics
  const digests = await deps.store.collection('digests').countBy({}, 'channel')
  const {run, version, settings} = deps
  return [
    byLabel(datasetDigests, 'channel', digests),
    byLabel(storeDocuments, 'collection', documents),
    byLabel(storeSize, 'state', await storeSizes(settings.store)),
    byLabel(build, 'version', new Map([[version, 1]])),
    {spec: memory, values: [{labels: {}, value: process.memoryUsage.rss()}]},
    {spec: started, values: [{labels: {}, value: run.started_at.getTime() / 1000}]},
  ]
}

/** Counts whole collections: for a timer, not for every scrape. */
export async function countDocuments({store}: Pick<SidecarDeps, 'store'>): Promise<DocumentCounts> {
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
