import type {Clock} from './clock.js'
import type {Exporter} from './exporter.js'
import type {ContributedJudge} from './judge.js'
import type {Text} from './messages.js'
import type {Metrics, MetricSpecs} from './telemetry/metrics.js'
import type {Progress} from './progress.js'
import type {Settings} from './settings.js'
import type {SharedMetrics} from './telemetry/shared-metrics.js'
import type {TextBlock} from './command/text-block.js'
import type {SpanArchive} from './telemetry/span-archive.js'
import type {Store} from './store/store.js'
import type {Logger, Service, Tracer} from './telemetry/telemetry.js'
import type {FollowQueue} from './work-queue.js'

/** The event by which a command asks the host for the Runtime of this process. */
export const RUNTIME_EVENT = 'ep23:runtime'

export interface RunIdentity {
  run_id: string
  trace_id: string
  command: string
  started_at: Date
}

/**
 * Everything a command may touch beyond its own code. The host builds one per process and hands it to every command,
 * also to those of plugins that bring their own copy of the sdk. Nothing here is kept in module state.
 */
export interface Runtime {
  readonly run: RunIdentity
  readonly settings: Settings
  /** Connects on first use. */
  readonly store: Store
  /** Another store beside it, such as a scratch file; connects on first use, and whoever opened it disposes of it. */
  openStore(location: string): Store
  /** What this process records. */
  readonly metrics: Metrics
  /** What all processes have recorded. */
  readonly sharedMetrics: SharedMetrics
  readonly tracer: Tracer
  readonly spanArchive: SpanArchive
  readonly logger: Logger
  readonly progress: Progress
  readonly clock: Clock
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
  readonly version: string
  /** What all loaded plugins contribute; asked for once, on first use. */
  contributions(): Promise<readonly PluginContribution[]>
  /** The lines of a text for stdout, as wide and as coloured as what it is; control characters of data are shown as `·`. */
  render(text: readonly TextBlock[]): Promise<string[]>
  /** A text as it may be told: what looks like a secret is hidden. */
  hideSecrets(text: string): Promise<string>
  /** Facts about this run for its document in `ep23_runs`. */
  describeRun(facts: Readonly<Record<string, unknown>>): void
}

export interface PluginContribution extends Contribution {
  plugin: string
}

/** What a command tells the host when it asks for the Runtime. */
export interface RuntimeRequest {
  sdkVersion: string
  command: string
  flags: Readonly<Record<string, unknown>>
  json: boolean
  /** True for a command that changes nothing: its store is opened for reading, and never made. */
  readOnly?: boolean
  /** True for a command that fills a store: where there is none, it is made before anything is read. */
  makesStore?: boolean
  /** True for a command that ends what it has begun after an interruption, within a limit of its own. */
  endsItself?: boolean
  /** Which runtime this process is; the command line by default. */
  service?: Service
}

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
  /** Lets workers on any machine answer what other plugins ask. */
  followQueue?: FollowQueue
  /** What `ep23 init` puts into a project that has no such file yet. */
  starterFiles?: readonly StarterFile[]
}

/** A file that a project starts with and changes afterwards; it is never overwritten. */
export interface StarterFile {
  /** Relative to the project's folder. */
  path: string
  /** The plugin's own default. */
  content: URL
  /** The same with Russian comments, for a project whose people read Russian. */
  russian?: URL
}

/** For a plugin's one-line hook file: `export default contribute({metrics: datasetMetrics})`. */
export function contribute(contribution: Contribution): () => Promise<Contribution> {
  return async () => contribution
}

export interface HealthFinding {
  /** `down` makes `ep23 doctor` exit 69. */
  status: 'ok' | 'warning' | 'down'
  detail: Text
  /** What to do about it; there whenever the status is not `ok`. */
  fix?: Text
}

/** One line of `ep23 doctor`; plugins contribute their own. */
export interface HealthCheck {
  name: string
  run(runtime: Runtime): Promise<HealthFinding>
}
