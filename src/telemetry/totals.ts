import {CLOCK_SKEW_MS, type MetricSpec, type MetricSpecs} from '@ep23/sdk'

import {addDecimals, decimalToNumber, toDecimal, type Decimal} from './exact-decimal.js'
import {
  hasLabels,
  type CounterSample,
  type GaugeSample,
  type HistogramSample,
  type LabelValues,
  type MetricSample,
} from './metric-sample.js'

interface CounterTotal extends Omit<CounterSample, 'value'> {
  value: Decimal
}
interface HistogramTotal extends Omit<HistogramSample, 'sum'> {
  sum: Decimal
}

/** One time series over all runs. Sums are exact, so that their order does not matter. */
export type MetricTotal = CounterTotal | GaugeSample | HistogramTotal

/** All time series over all runs, by what identifies them, in the order in which they first appeared. */
export type Totals = Map<string, MetricTotal>

/**
 * Adds one run's share: counters and histograms add up, of a gauge the latest value holds (of two set in the same
 * millisecond the greater, so that the outcome does not depend on the order).
 * @param now of the reader: a gauge that was set later than that came from a wrong clock and is left out, or it would hold until
 * its time has come
 */
export function addSamples(totals: Totals, samples: Iterable<MetricSample>, now?: Date): void {
  for (const sample of samples) {
    if (now !== undefined && isFromFuture(sample, now)) continue
    const key = identity(sample)
    const known = totals.get(key)
    totals.set(key, known === undefined ? fromSample(sample) : combined(known, fromSample(sample)))
  }
}

/** Every series that the declarations allow for, at zero. */
export function zeroInitialise(specs: Iterable<MetricSpecs>): Totals {
  const totals: Totals = new Map()
  for (const spec of [...specs].flatMap(group => Object.values(group)))
    for (const labels of closedLabelSets(spec)) addSamples(totals, zeroSamples(spec, labels))
  return totals
}

/** True for a gauge whose time has not come yet by the reader's clock. */
export function isFromFuture(sample: MetricSample | MetricTotal, now: Date): boolean {
  return sample.kind === 'gauge' && sample.at.getTime() > now.getTime() + CLOCK_SKEW_MS
}

/** The totals as plain numbers, each the nearest to the exact sum; gauges that have ended are left out. */
export function totalsAsSamples(totals: Totals): MetricSample[] {
  const ended = [...totals.values()].filter(total => total.kind === 'gauge').filter(({ends}) => ends === true)
  const endings = Map.groupBy(ended, ({name}) => name)
  return [...totals.values()].flatMap((total): MetricSample[] => {
    if (total.kind === 'counter') return [{...total, value: decimalToNumber(total.value)}]
    if (total.kind === 'histogram') return [{...total, sum: decimalToNumber(total.sum)}]
    return total.ends === true || hasEnded(total, endings.get(total.name) ?? []) ? [] : [total]
  })
}

function hasEnded(gauge: GaugeSample, endings: readonly GaugeSample[]): boolean {
  return endings.some(({labels, at}) => at > gauge.at && hasLabels(gauge, labels))
}

/** What tells two time series apart. A histogram whose bounds changed between releases is another one. */
export function identity(sample: MetricSample | MetricTotal): string {
  const labels = Object.entries(sample.labels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const part = sample.kind === 'histogram' ? sample.bounds : []
  return JSON.stringify([sample.name, sample.kind, labels, sample.kind === 'gauge' && sample.ends ? 'ends' : part])
}

function fromSample(sample: MetricSample): MetricTotal {
  if (sample.kind === 'counter') return {...sample, value: toDecimal(sample.value)}
  return sample.kind === 'histogram' ? {...sample, sum: toDecimal(sample.sum)} : sample
}

function combined(known: MetricTotal, added: MetricTotal): MetricTotal {
  if (known.kind === 'counter' && added.kind === 'counter')
    return {...known, value: addDecimals(known.value, added.value)}
  if (known.kind === 'histogram' && added.kind === 'histogram')
    return {
      ...known,
      counts: known.counts.map((count, index) => count + (added.counts[index] ?? 0)),
      sum: addDecimals(known.sum, added.sum),
    }
  return known.kind === 'gauge' && added.kind === 'gauge' && isLater(added, known) ? added : known
}

function isLater(a: GaugeSample, b: GaugeSample): boolean {
  return a.at.getTime() === b.at.getTime() ? a.value > b.value : a.at > b.at
}

/** All combinations of the closed label sets; none when a label is open, because its values are not known. */
function closedLabelSets({labels}: MetricSpec): LabelValues[] {
  return Object.entries(labels).reduce<LabelValues[]>(
    (sets, [label, bound]) =>
      'atMost' in bound ? [] : sets.flatMap(set => bound.map(value => ({...set, [label]: value}))),
    [{}],
  )
}

// A gauge nobody has set stays absent: 0 would be a measurement that nobody made (and, as a status, an alarm).
function zeroSamples({kind, name, buckets = []}: MetricSpec, labels: LabelValues): MetricSample[] {
  if (kind === 'counter') return [{kind, name, labels, value: 0}]
  if (kind === 'gauge') return []
  return [{kind, name, labels, bounds: buckets, counts: Array.from({length: buckets.length + 1}, () => 0), sum: 0}]
}
