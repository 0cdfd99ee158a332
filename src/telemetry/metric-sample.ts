export type LabelValues = Readonly<Record<string, string>>

interface Series {
  name: string
  labels: LabelValues
}

export interface CounterSample extends Series {
  kind: 'counter'
  /** What was added since the process began (or since the last drain). */
  value: number
}

export interface GaugeSample extends Series {
  kind: 'gauge'
  value: number
  /** When it was set: of two processes' values the later one holds. */
  at: Date
  /** There only on a sample that is no value: series with these labels, perhaps among others, ended at that time. */
  ends?: true
}

export interface HistogramSample extends Series {
  kind: 'histogram'
  /** Upper bounds, ascending, without +Inf. */
  bounds: readonly number[]
  /** Observations per bucket, not cumulative; one more than `bounds`, the last for what lies above all of them. */
  counts: number[]
  sum: number
}

/** One time series' share of one process: what is stored per run and added up over runs. */
export type MetricSample = CounterSample | GaugeSample | HistogramSample

/** True when a series has all of these labels with these values. */
export function hasLabels({labels}: Pick<Series, 'labels'>, wanted: LabelValues): boolean {
  return Object.entries(wanted).every(([label, value]) => labels[label] === value)
}
