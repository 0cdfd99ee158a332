export type MetricKind = 'counter' | 'gauge' | 'histogram'

/** What a label value outside its bound is recorded as. */
export const OTHER_LABEL_VALUE = 'other'

/** A label's closed set of values, or how many different values it may take before the rest becomes `other`. */
export type LabelBound = readonly string[] | {readonly atMost: number}

/** One metric as data: the registry, the docs, the dashboards' check and the alerts' check all read this. */
export interface MetricSpec {
  kind: MetricKind
  /** Prometheus name with its unit suffix: `_total` on counters, `_seconds`, `_ratio`, … */
  name: string
  help: string
  unit: string
  labels: Readonly<Record<string, LabelBound>>
  /** Upper bounds of a histogram, ascending, in `unit`. */
  buckets?: readonly number[]
  /** Not meant for dashboards or alerts. */
  internal?: boolean
}

export type MetricSpecs = Readonly<Record<string, MetricSpec>>
type Labels<S extends MetricSpec> = Readonly<Record<keyof S['labels'] & string, string>>

export interface Counter<L> {
  inc(labels: L, by?: number): void
}
export interface Gauge<L> {
  set(labels: L, value: number): void
  /**
   * Removes every series with these label values that any process has set so far; none given: all of them. What is not measured
   * any more disappears instead of standing still: `clear({scenario})`, then `set` for each value there is.
   */
  clear(labels: Partial<L>): void
}
export interface Histogram<L> {
  observe(labels: L, value: number): void
}

type Handle<S extends MetricSpec> = S['kind'] extends 'counter'
  ? Counter<Labels<S>>
  : S['kind'] extends 'gauge'
    ? Gauge<Labels<S>>
    : Histogram<Labels<S>>

/** Typed handles: a wrong label name is a compile error. */
export type MetricHandles<S extends MetricSpecs> = {readonly [K in keyof S]: Handle<S[K]>}

/** Declares a plugin's metrics; the host checks them against the observability policy when they are bound. */
export function defineMetrics<const S extends MetricSpecs>(specs: S): S {
  return specs
}

/** The one registry of this process, whichever copy of the sdk asks. */
export interface Metrics {
  /**
   * Get-or-create: the same plugin's declaration in another copy of the sdk joins its series. A declaration that breaks the
   * observability policy, contradicts an earlier one of the same name, or uses a name that belongs to another plugin is refused
   * (code `METRIC_POLICY`).
   */
  bind<const S extends MetricSpecs>(specs: S): MetricHandles<S>
}
