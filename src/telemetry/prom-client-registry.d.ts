// prom-client's index loads http, cluster and the OpenTelemetry API; its registry alone is all that is needed here.
// The package has no `exports` map, so that the file can be imported; its own types cover only the index.
declare module 'prom-client/lib/registry.js' {
  interface FormattedMetric {
    name: string
    help: string
    type: string
    values: readonly {metricName?: string; labels: Readonly<Record<string, string>>; value: number}[]
  }

  export default class Registry {
    registerMetric(metric: {name: string; get(): FormattedMetric}): void
    /** The text format 0.0.4. */
    metrics(): Promise<string>
  }
}
