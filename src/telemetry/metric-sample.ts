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
