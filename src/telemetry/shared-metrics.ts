import {
  hasCode,
  type LiveGauge,
  type MetricDeclaration,
  type PluginContribution,
  type Settings,
  type SharedMetrics,
  type Clock,
  type RunIdentity,
  type Service,
  type Store,
} from '@ep23/sdk'
import {declaredSamples, exposition} from './exposition.js'
import {foldRuns} from './fold-runs.js'
import {declarationsOf, ownedMetrics} from './metric-owners.js'
import {readTotals} from './stored-metrics.js'
import {addSamples, type Totals, identity} from './totals.js'
import {sendUnsent, unsentFolder} from './unsent-runs.js'
import type {MetricSample} from './metric-sample.js'
import type {ProcessMetrics} from './registry.js'
import {runMetricsIn, type RunMetrics} from './run-telemetry.js'

interface SharedMetricsOptions extends PublisherOptions {
  settings: Pick<Settings, 'logDir' | 'store'>
  contributions: () => Promise<readonly PluginContribution[]>
}

/** The host's side of the port: the totals in the store, bounded by what the host and the plugins declare. */
export function createSharedMetrics(options: SharedMetricsOptions): SharedMetrics {
  const {store, clock, settings, contributions} = options
  const births = createBirths()
  const specGroups = async () => [...ownedMetrics(await contributions()).values()]
  const totalsWith = async (live: readonly LiveGauge[]) =>
    withLive(await readTotals(store, clock.now()).catch(nothingYet), live, clock.now())
  return {
    declarations: async () => declarationsOf(await contributions()).toSorted(byName),
    series: async (live = []) => declaredSamples(await totalsWith(live), await specGroups()),
    exposition: async (live = []) => exposition(await totalsWith(live), await specGroups(), births),
    publish: createPublisher(options),
    async fold() {
      // What waits for a store is stored with it, and makes none.
      await store.ping()
      const recovered = await sendUnsent(unsentFolder(settings), store)
      const {folded} = await foldRuns(store, {now: () => clock.now()})
      return {folded, recovered}
    },
  }
}

// Where there is no store, no run has recorded anything.
function nothingYet(error: unknown): Totals {
  if (hasCode(error, 'STORE_MISSING')) return new Map()
  throw error
}

function byName({spec: a}: MetricDeclaration, {spec: b}: MetricDeclaration): number {
  return Number(a.name > b.name) - Number(a.name < b.name)
}

// What is measured now counts alone: a value that somebody has stored under its name would be a second truth.
function withLive(totals: Totals, live: readonly LiveGauge[], at: Date): Totals {
  const names = new Set(live.map(({spec}) => spec.name))
  for (const [key, {name}] of totals) if (names.has(name)) totals.delete(key)
  for (const {spec, values} of live)
    addSamples(
      totals,
      values.map(({labels, value}) => ({kind: 'gauge', name: spec.name, labels, value, at})),
    )
  return totals
}

/**
 * Shows a counter or histogram that is new since the last time at zero once, so that its first value is an increase: a
 * series that a scraper first sees at 30 has an `increase()` of 0, for ever. What is there at the first time is shown as
 * it is, so that no counter falls when its exposer is restarted.
 */
export function createBirths(): (samples: readonly MetricSample[]) => MetricSample[] {
  const known = new Set<string>()
  let isFirst = true
  return samples => {
    const shown = samples.map(sample => (isFirst || known.has(identity(sample)) ? sample : atZero(sample)))
    for (const sample of samples) known.add(identity(sample))
    isFirst = false
    return shown
  }
}

function atZero(sample: MetricSample): MetricSample {
  if (sample.kind === 'gauge') return sample
  if (sample.kind === 'counter') return {...sample, value: 0}
  return {...sample, counts: sample.counts.map(() => 0), sum: 0}
}

interface PublisherOptions {
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
function createPublisher({store, metrics, run, service, clock}: PublisherOptions): () => Promise<void> {
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
