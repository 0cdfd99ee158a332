import type {MetricSpec} from './metrics.js'

/** A metric and who declares it: the package name of a plugin, or `ep23` for the host. */
export interface MetricDeclaration {
  owner: string
  spec: MetricSpec
}

interface SeriesIdentity {
  name: string
  labels: Readonly<Record<string, string>>
}

/** One time series over all runs of all processes. A histogram's counts are per bucket, the last one above all bounds. */
export type SharedSeries =
  | (SeriesIdentity & {kind: 'counter' | 'gauge'; value: number})
  | (SeriesIdentity & {kind: 'histogram'; bounds: readonly number[]; counts: readonly number[]; sum: number})

/** A gauge that is measured when somebody asks, and stored nowhere. */
export interface LiveGauge {
  spec: MetricSpec
  values: readonly {labels: Readonly<Record<string, string>>; value: number}[]
}

export interface FoldReport {
  /** Runs whose share is now part of the totals. */
  folded: number
  /** Runs that had waited in files for the store, and are stored now. */
  recovered: number
}

/**
 * The metrics of all runs of all processes, as the store keeps them; what a process has recorded through `Metrics`
 * joins them when it ends, or by `publish`. No counter ever falls.
 */
export interface SharedMetrics {
  /** Every declared metric of the host and of all plugins, by name. */
  declarations(): Promise<readonly MetricDeclaration[]>
  /** Every series, those of closed label sets at zero from the start. @throws STORE_UNAVAILABLE (69), METRICS_BUSY (75) */
  series(live?: readonly LiveGauge[]): Promise<readonly SharedSeries[]>
  /**
   * The same in Prometheus's text format 0.0.4. A counter that is new since this was last asked for is at zero once, so
   * that a scraper sees its first value as an increase.
   */
  exposition(live?: readonly LiveGauge[]): Promise<string>
  /** For processes that live long: stores what this one has recorded since the last time. Failed shares are kept. */
  publish(): Promise<void>
  /** Compacts the runs' documents into one; no sum changes. Any number of processes may do so at once. */
  fold(): Promise<FoldReport>
}
