import {
  joined,
  Ep23Error,
  EXIT,
  policyFindings,
  type Counter,
  type MetricHandles,
  type Metrics,
  type MetricSpec,
  type MetricSpecs,
} from '@ep23/sdk'
import Registry from 'prom-client/lib/registry.js'

import {telemetryMetrics} from './host-metrics.js'
import {createLabelGuard} from './label-guard.js'
import {createFamily, type MetricFamily} from './metric-family.js'
import type {MetricSample} from './metric-sample.js'
import {message} from '../words/words.js'

/** The registry of one process. */
export interface ProcessMetrics extends Metrics {
  /** What was recorded so far, in the order of first use. */
  deltas(): Promise<MetricSample[]>
  /** The same, and starts anew: for processes that live long and store their share from time to time. */
  drain(): Promise<MetricSample[]>
}

/**
 * A process's metrics: prom-client's, in one registry, each behind the guard of its declared labels. What a run adds is taken from
 * it at the flush; totals of all runs are kept in the store and exposed from there (`exposition.ts`).
 */
export function createMetrics({now}: {now: () => Date}): ProcessMetrics {
  const families = new Map<string, MetricFamily>()
  const registry = new Registry()
  // Every family is asked before the first answer is waited for: all samples are of one moment.
  const samples = async (): Promise<MetricSample[]> =>
    (await Promise.all([...families.values()].map(family => family.samples()))).flat()

  function open(spec: MetricSpec, onDropped: () => void): MetricFamily {
    const family =
      families.get(spec.name) ?? createFamily(spec, {guard: createLabelGuard(spec, onDropped), now, registry})
    refuseContradiction(family.spec, spec)
    families.set(spec.name, family)
    return family
  }

  let counted: Counter<{metric: string}> | undefined
  const countDropped = (metric: string): void => {
    counted ??= handlesOf(telemetryMetrics, spec => open(spec, ignoreDropped)).droppedLabelValues
    counted.inc({metric})
  }

  return {
    bind(specs) {
      refuseBrokenPolicy(specs)
      return handlesOf(specs, spec => open(spec, () => countDropped(spec.name)))
    },
    deltas: samples,
    drain() {
      const drained = samples()
      for (const family of families.values()) family.clear()
      return drained
    },
  }
}

// What the counter of dropped values itself drops is not counted: that would never end.
const ignoreDropped = (): void => undefined

function handlesOf<const S extends MetricSpecs>(specs: S, open: (spec: MetricSpec) => MetricFamily): MetricHandles<S> {
  const handles = Object.entries(specs).map(([key, spec]) => [key, open(spec).handle])
  // Each handle was made for its spec's kind and labels; TypeScript cannot follow that through Object.entries.
  return Object.fromEntries(handles) as MetricHandles<S>
}

function refuseBrokenPolicy(specs: MetricSpecs): void {
  const findings = policyFindings(specs)
  if (findings.length === 0) return
  const reasons = findings.map(finding => message('metricBreaks', finding))
  throw new Ep23Error(message('refusedMetrics', {reasons: joined(reasons, '; ')}), {
    code: 'METRIC_POLICY',
    exit: EXIT.badData,
    suggestions: [message('correctDeclaration')],
  })
}

function refuseContradiction(known: MetricSpec, declared: MetricSpec): void {
  if (identity(known) === identity(declared)) return
  throw new Ep23Error(
    message('declaredTwice', {metric: declared.name, first: identity(known), second: identity(declared)}),
    {code: 'METRIC_POLICY', exit: EXIT.badData, suggestions: [message('declareAlike')]},
  )
}

// The help text may be reworded by a later release; everything else changes what the numbers mean.
function identity({kind, name, unit, labels, buckets}: MetricSpec): string {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const bounds = sorted.map(([label, bound]) => [label, 'atMost' in bound ? bound : bound.toSorted()])
  return JSON.stringify({kind, name, unit, labels: Object.fromEntries(bounds), ...(buckets && {buckets})})
}
