import {Ep23Error, EXIT, type Counter, type Gauge, type Histogram, type MetricSpec} from '@ep23/sdk'

import type {LabelGuard} from './label-guard.js'
import type {CounterSample, GaugeSample, HistogramSample, LabelValues, MetricSample} from './metric-sample.js'

type Handle = Counter<LabelValues> | Gauge<LabelValues> | Histogram<LabelValues>

/** One metric with all its series in this process. */
export interface MetricFamily {
  spec: MetricSpec
  handle: Handle
  samples(): MetricSample[]
  clear(): void
}

type NewSample<S extends MetricSample> = (labels: LabelValues) => S

export function createFamily(spec: MetricSpec, guard: LabelGuard, now: () => Date): MetricFamily {
  if (spec.kind === 'counter') return counterFamily(spec, guard)
  return spec.kind === 'gauge' ? gaugeFamily(spec, guard, now) : histogramFamily(spec, guard)
}

function counterFamily(spec: MetricSpec, guard: LabelGuard): MetricFamily {
  const {find, ...family} = createSeries<CounterSample>(guard, labels => ({
    kind: 'counter',
    name: spec.name,
    labels,
    value: 0,
  }))
  const inc = (labels: LabelValues, by = 1): void => {
    if (!(by >= 0 && Number.isFinite(by))) throw badRecord(spec.name, `a counter cannot be raised by ${by}`)
    find(labels).value += by
  }
  return {spec, handle: {inc}, ...family}
}

function gaugeFamily(spec: MetricSpec, guard: LabelGuard, now: () => Date): MetricFamily {
  const {find, ...family} = createSeries<GaugeSample>(guard, labels => ({
    kind: 'gauge',
    name: spec.name,
    labels,
    value: 0,
    at: now(),
  }))
  const set = (labels: LabelValues, value: number): void => {
    if (!Number.isFinite(value)) throw badRecord(spec.name, `a gauge cannot be set to ${value}`)
    Object.assign(find(labels), {value, at: now()})
  }
  return {spec, handle: {set}, ...family}
}

function histogramFamily(spec: MetricSpec, guard: LabelGuard): MetricFamily {
  const bounds = spec.buckets ?? []
  const {find, ...family} = createSeries<HistogramSample>(guard, labels => ({
    kind: 'histogram',
    name: spec.name,
    labels,
    bounds,
    counts: Array.from({length: bounds.length + 1}, () => 0),
    sum: 0,
  }))
  const observe = (labels: LabelValues, value: number): void => {
    if (!Number.isFinite(value)) throw badRecord(spec.name, `a histogram cannot observe ${value}`)
    const sample = find(labels)
    const above = bounds.findIndex(bound => value <= bound)
    const bucket = above === -1 ? bounds.length : above
    sample.counts[bucket] = (sample.counts[bucket] ?? 0) + 1
    sample.sum += value
  }
  return {spec, handle: {observe}, ...family}
}

function createSeries<S extends MetricSample>(guard: LabelGuard, create: NewSample<S>) {
  const series = new Map<string, S>()
  const find = (given: LabelValues): S => {
    const labels = guard(given)
    const key = JSON.stringify(Object.values(labels))
    const sample = series.get(key) ?? create(labels)
    series.set(key, sample)
    return sample
  }
  return {find, samples: (): MetricSample[] => [...series.values()], clear: (): void => series.clear()}
}

function badRecord(metric: string, problem: string): Ep23Error {
  return new Ep23Error(`${metric}: ${problem}`, {
    code: 'METRIC_RECORD',
    exit: EXIT.unexpected,
    suggestions: ['record a finite number, and only non-negative ones with a counter'],
  })
}
