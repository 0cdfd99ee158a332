// prom-client's index loads http, cluster and the OpenTelemetry API; its registry and its metrics alone are all that is needed.
// The package has no `exports` map, so that these files can be imported; its own types cover only the index.
declare module 'prom-client/lib/registry.js' {
  import type {Labels, Line} from 'prom-client/lib/counter.js'

  interface FormattedMetric {
    name: string
    help: string
    type: string
    values: readonly (Line & {labels: Labels})[]
  }

  export default class Registry {
    registerMetric(metric: {name: string; get(): FormattedMetric}): void
    /** The text format 0.0.4. */
    metrics(): Promise<string>
  }
}

declare module 'prom-client/lib/counter.js' {
  import type Registry from 'prom-client/lib/registry.js'

  export type Labels = Readonly<Record<string, string>>

  /** `metricName` is given where it differs from the metric's: `_bucket`, `_sum`, `_count`. */
  export interface Line {
    metricName?: string
    labels: Labels
    value: number
  }

  export interface MetricOptions {
    name: string
    help: string
    labelNames: readonly string[]
    registers: readonly Registry[]
  }

  export default class Counter {
    constructor(options: MetricOptions)
    inc(labels: Labels, by: number): void
    /** The values are collected before this returns; only then it waits. */
    get(): Promise<{values: readonly Line[]}>
    reset(): void
  }
}

declare module 'prom-client/lib/gauge.js' {
  import type {Labels, Line, MetricOptions} from 'prom-client/lib/counter.js'

  export default class Gauge {
    constructor(options: MetricOptions)
    set(labels: Labels, value: number): void
    get(): Promise<{values: readonly Line[]}>
    remove(labels: Labels): void
    reset(): void
  }
}

declare module 'prom-client/lib/histogram.js' {
  import type {Labels, Line, MetricOptions} from 'prom-client/lib/counter.js'

  export default class Histogram {
    constructor(options: MetricOptions & {buckets: readonly number[]})
    observe(labels: Labels, value: number): void
    get(): Promise<{values: readonly Line[]}>
    reset(): void
  }
}
