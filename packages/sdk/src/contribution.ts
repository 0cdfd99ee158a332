import type {Exporter} from './exporter.js'
import type {HealthCheck} from './health-check.js'
import type {ContributedJudge} from './judge.js'
import type {MetricSpecs} from './telemetry/metrics.js'

/** The event by which the host asks every plugin what it brings. */
export const CONTRIBUTE_EVENT = 'ep23:contribute'

/** A plugin's answer: plain data, no side effects. */
export interface Contribution {
  metrics?: MetricSpecs
  /** Lines for `ep23 doctor`. */
  checks?: readonly HealthCheck[]
  /** What `exporters:run NAME` and `exporters:verify` know beside the built-in ones. */
  exporters?: readonly Exporter[]
  /** What `benchmark:run --judge NAME` knows beside the built-in ones. */
  judges?: readonly ContributedJudge[]
  /** Scenario files (YAML) that `benchmark:run --scenario NAME` knows beside the built-in ones. */
  scenarios?: readonly URL[]
}

/** For a plugin's one-line hook file: `export default contribute({metrics: datasetMetrics})`. */
export function contribute(contribution: Contribution): () => Promise<Contribution> {
  return async () => contribution
}
