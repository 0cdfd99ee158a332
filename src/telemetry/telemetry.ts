import type {Clock, Logger, Message, RunIdentity, Service, Settings, Store, Tracer} from '@ep23/sdk'

import type {OpenStoreOptions} from '../store/open-store.js'
import type {PerhapsOpenStore} from './flush-run.js'
import type {ProcessLogger} from './logger.js'
import type {Redactor} from './redact.js'
import type {ProcessMetrics} from './registry.js'
import type {RunEnd} from './run-document.js'
import type {ProcessTracer} from './tracer.js'

export interface TelemetryOptions {
  settings: Pick<Settings, 'llmApiKey' | 'logDir' | 'logLevel' | 'otlpEndpoint' | 'store' | 'traceSample'>
  clock: Clock
  command: string
  version: string
  service: Service
  env?: Readonly<Record<string, string | undefined>>
  warn?: (problem: Message) => void
  openStore?: (location: string, options: OpenStoreOptions) => Promise<Store>
  /** The command only reads: its telemetry makes no store, and waits for one that a later command makes. */
  mustExist?: boolean | undefined
}

/** The telemetry of one process. */
export interface Telemetry {
  run: RunIdentity
  metrics: ProcessMetrics
  tracer: Tracer
  logger: Logger
  /** Adds facts to the run's document in `ep23_runs`. */
  describeRun(facts: Readonly<Record<string, unknown>>): void
  /**
   * Stores what was recorded. Never throws and never changes how the command ends: what cannot be stored costs one
   * warning and 250 ms of waiting, a collector that does not answer a second. Later calls join the first.
   */
  close(end: RunEnd, store: PerhapsOpenStore): Promise<void>
}

/** The pieces of a running telemetry, for the code that closes it. */
export interface TelemetryParts {
  run: RunIdentity
  metrics: ProcessMetrics
  tracer: ProcessTracer
  logger: ProcessLogger
  redactor: Redactor
  facts: Record<string, unknown>
  /** On the monotonic clock. */
  startedAt: number
  warn: (problem: Message) => void
}
