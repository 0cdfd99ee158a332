import {
  hasCode,
  type LiveGauge,
  type MetricDeclaration,
  type PluginContribution,
  type Settings,
  type SharedMetrics,
} from '@ep23/sdk'

import {createBirths} from './born-at-zero.js'
import {declaredSamples, exposition} from './exposition.js'
import {foldRuns} from './fold-runs.js'
import {declarationsOf, ownedMetrics} from './metric-owners.js'
import {createPublisher, type PublisherOptions} from './metrics-publisher.js'
import {readTotals} from './read-totals.js'
import {addSamples, type Totals} from './totals.js'
import {sendUnsent, unsentFolder} from './unsent-runs.js'

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
