import {Ep23Error, EXIT, type Counter, type Gauge, type Histogram, type MetricSpec, type Message} from '@ep23/sdk'
// prom-client's index also loads http, cluster and process metrics; these are its registry and its metrics alone.
import PromCounter, {type Line, type MetricOptions} from 'prom-client/lib/counter.js'
import PromGauge from 'prom-client/lib/gauge.js'
import PromHistogram from 'prom-client/lib/histogram.js'
import type Registry from 'prom-client/lib/registry.js'

import type {LabelGuard} from './label-guard.js'
import {
  hasLabels,
  type GaugeSample,
  type HistogramSample,
  type LabelValues,
  type MetricSample,
} from './metric-sample.js'
import {message} from '../words/words.js'

type Handle = Counter<LabelValues> | Gauge<LabelValues> | Histogram<LabelValues>

/** One metric of the process's registry, with the guard of its labels in front. */
export interface MetricFamily {
  spec: MetricSpec
  handle: Handle
  /** The series recorded so far, in the order of first use; what is recorded while this waits is not in it. */
  samples(): Promise<MetricSample[]>
  clear(): void
}

interface FamilyOptions {
  guard: LabelGuard
  now: () => Date
  registry: Registry
}

export function createFamily(spec: MetricSpec, options: FamilyOptions): MetricFamily {
  if (spec.kind === 'counter') return counterFamily(spec, options)
  return spec.kind === 'gauge' ? gaugeFamily(spec, options) : histogramFamily(spec, options)
}

function counterFamily(spec: MetricSpec, {guard, registry}: FamilyOptions): MetricFamily {
  const counter = new PromCounter(configOf(spec, registry))
  const inc = (labels: LabelValues, by = 1): void => {
    if (!(by >= 0 && Number.isFinite(by))) throw badRecord(spec.name, message('counterRaise', {by}))
    counter.inc(guard(labels), by)
  }
  // Without labels prom-client has a series from the start; a process that counted nothing has nothing to tell.
  let used = false
  return {
    spec,
    handle: {
      inc(labels, by) {
        inc(labels, by)
        used = true
      },
    },
    clear() {
      counter.reset()
      used = false
    },
    async samples() {
      if (!used) return []
      return copied(await counter.get()).map(line => ({kind: 'counter', name: spec.name, ...line}))
    },
  }
}

function gaugeFamily(spec: MetricSpec, {guard, now, registry}: FamilyOptions): MetricFamily {
  const gauge = new PromGauge(configOf(spec, registry))
  // Of two processes' values the later one counts, so each value needs its time, which prom-client does not keep.
  const times = new Map<string, Date>()
  const set = (given: LabelValues, value: number): void => {
    if (!Number.isFinite(value)) throw badRecord(spec.name, message('gaugeSet', {value}))
    const labels = guard(given)
    gauge.set(labels, value)
    times.set(JSON.stringify(labels), now())
  }
  // What other processes have set is in the store: the ending is told there.
  const endings = new Map<string, GaugeSample>()
  const clear = (labels: LabelValues): void => {
    const series = [...times.keys()].map(key => JSON.parse(key) as LabelValues)
    for (const set of series.filter(each => hasLabels({labels: each}, labels))) {
      gauge.remove(set)
      times.delete(JSON.stringify(set))
    }
    const key = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    endings.set(key, {kind: 'gauge', name: spec.name, labels, value: 0, at: now(), ends: true})
  }
  return {
    spec,
    handle: {set, clear},
    clear() {
      gauge.reset()
      times.clear()
      endings.clear()
    },
    async samples() {
      const taken = new Map(times)
      const ended = [...endings.values()]
      const values = copied(await gauge.get()).flatMap(({labels, value}) => {
        const at = taken.get(JSON.stringify(labels))
        return at === undefined ? [] : [{kind: 'gauge' as const, name: spec.name, labels, value, at}]
      })
      return [...ended, ...values]
    },
  }
}

function histogramFamily(spec: MetricSpec, {guard, registry}: FamilyOptions): MetricFamily {
  const histogram = new PromHistogram({...configOf(spec, registry), buckets: [...(spec.buckets ?? [])]})
  const observe = (labels: LabelValues, value: number): void => {
    if (!Number.isFinite(value)) throw badRecord(spec.name, message('histogramObserve', {value}))
    histogram.observe(guard(labels), value)
  }
  return {
    spec,
    handle: {observe},
    clear: () => histogram.reset(),
    async samples() {
      return histogramSamples(spec, (await histogram.get()).values)
    },
  }
}

/** prom-client gives cumulative buckets line by line; a sample holds one series with the counts of its buckets. */
function histogramSamples({name, buckets: bounds = []}: MetricSpec, lines: readonly Line[]): HistogramSample[] {
  const series = Map.groupBy(lines, ({labels}) => JSON.stringify({...labels, le: undefined}))
  return [...series]
    .map(([key, own]): HistogramSample => {
      const cumulative = own.filter(line => line.metricName === `${name}_bucket`).map(line => line.value)
      return {
        kind: 'histogram',
        name,
        labels: JSON.parse(key) as LabelValues,
        bounds,
        counts: cumulative.map((count, index) => count - (cumulative[index - 1] ?? 0)),
        sum: own.find(line => line.metricName === `${name}_sum`)?.value ?? 0,
      }
    })
    .filter(({counts}) => counts.some(count => count > 0))
}

function configOf({name, help, labels}: MetricSpec, registry: Registry): MetricOptions {
  return {name, help, labelNames: Object.keys(labels), registers: [registry]}
}

function badRecord(metric: string, problem: Message): Ep23Error {
  return new Ep23Error(message('metricProblem', {metric, problem}), {
    code: 'METRIC_RECORD',
    exit: EXIT.unexpected,
    suggestions: [message('finiteNumber')],
  })
}

// prom-client hands out its own objects, which later records change.
function copied({values}: {values: readonly Line[]}): {labels: LabelValues; value: number}[] {
  return values.map(({labels, value}) => ({labels, value}))
}
