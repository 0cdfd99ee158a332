import type {MetricSpec, MetricSpecs} from '@ep23/sdk'

import {createLabelGuard, type LabelGuard} from './label-guard.js'
import type {HistogramSample, LabelValues, MetricSample} from './metric-sample.js'
import {addSamples, totalsAsSamples, zeroInitialise, type Totals} from './totals.js'

interface Line {
  metricName?: string
  labels: LabelValues
  value: number
}

/**
 * The declared metrics in Prometheus's text format 0.0.4, each series of a closed label set present from the start
 * (a counter first seen at 30 has an increase of 0). Series that no declaration covers, for instance those of a
 * plugin that was removed, are left out. `births` has the last word on the values. prom-client's registry does the formatting.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export async function exposition(
  totals: Totals,
  specs: Iterable<MetricSpecs>,
  births: (samples: MetricSample[]) => MetricSample[] = samples => samples,
): Promise<string> {
  const {default: Registry} = await import('prom-client/lib/registry.js')
  const registry = new Registry()
  const groups = [...specs]
  const samples = Map.groupBy(births(declaredSamples(totals, groups)), sample => sample.name)
  for (const spec of declarations(groups)) {
    const lines = (samples.get(spec.name) ?? []).flatMap(linesOf)
    const {name, help, kind: type} = spec
    registry.registerMetric({name, get: () => ({name, help, type, values: lines})})
  }
  return registry.metrics()
}

// Two plugins may declare the same metric; the registry has seen to it that they mean the same.
function declarations(groups: readonly MetricSpecs[]): MetricSpec[] {
  const specs = groups.flatMap(group => Object.values(group)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return specs.filter((spec, index) => spec.name !== specs[index - 1]?.name)
}

/** The totals within the declarations, each series of a closed label set present. */
export function declaredSamples(totals: Totals, groups: readonly MetricSpecs[]): MetricSample[] {
  const specs = declarations(groups)
  const bounded = zeroInitialise(groups)
  const guards = new Map(specs.map(spec => [spec.name, {spec, guard: createLabelGuard(spec, () => undefined)}]))
  for (const sample of totalsAsSamples(totals)) {
    const declared = guards.get(sample.name)
    if (declared && isOf(declared.spec, sample)) addSamples(bounded, [asDeclared(sample, declared)])
  }
  return totalsAsSamples(bounded)
}

function isOf({kind, labels}: MetricSpec, sample: MetricSample): boolean {
  const names = Object.keys(sample.labels)
  return (
    sample.kind === kind &&
    names.length === Object.keys(labels).length &&
    names.every(name => Object.hasOwn(labels, name))
  )
}

// Each process keeps its label values within the bound; together they may exceed it.
function asDeclared(sample: MetricSample, {spec, guard}: {spec: MetricSpec; guard: LabelGuard}): MetricSample {
  const labels = guard(sample.labels)
  return sample.kind === 'histogram' ? rebucketed({...sample, labels}, spec.buckets ?? []) : {...sample, labels}
}

/**
 * A histogram that was recorded with other bounds, in the declared ones. At a bound that both have the count is
 * exact; at a new one it is that of the next lower old bound: never too high, so that no bucket can fall later.
 */
function rebucketed(sample: HistogramSample, bounds: readonly number[]): HistogramSample {
  const counts = Array.from({length: bounds.length + 1}, () => 0)
  sample.counts.forEach((count, index) => {
    const upper = sample.bounds[index] ?? Number.POSITIVE_INFINITY
    const target = bounds.findIndex(bound => bound >= upper)
    const bucket = target === -1 ? bounds.length : target
    counts[bucket] = (counts[bucket] ?? 0) + count
  })
  return {...sample, bounds, counts}
}

function linesOf(sample: MetricSample): Line[] {
  if (sample.kind !== 'histogram') return [{labels: sample.labels, value: sample.value}]
  const {name, labels, bounds, counts, sum} = sample
  let below = 0
  const buckets = counts.map((count, index) => {
    below += count
    const le = String(bounds[index] ?? '+Inf')
    return {metricName: `${name}_bucket`, labels: {...labels, le}, value: below}
  })
  return [
    ...buckets,
    {metricName: `${name}_sum`, labels, value: sum},
    {metricName: `${name}_count`, labels, value: below},
  ]
}
