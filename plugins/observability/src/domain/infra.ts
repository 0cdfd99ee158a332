import type {Clock, Logger, Metrics, Progress, Text} from '@ep23/sdk'

/** The parts of the shared infrastructure, in the order they start: Prometheus knows the addresses of those before it. */
export const INFRA_STEPS = ['mongo', 'alertmanager', 'pushgateway', 'mock_services', 'prometheus'] as const
export type InfraStep = (typeof INFRA_STEPS)[number]

/** How a part comes up: a program of this host, a container, something that runs already, or a team's own command. */
export const INFRA_PROVIDERS = ['process', 'docker', 'external', 'command'] as const
export type InfraProvider = (typeof INFRA_PROVIDERS)[number]

/** What the user wants of one part. */
export interface StepPlan {
  step: InfraStep
  provider: InfraProvider
  /** A fixed port; a free one by default. */
  port?: number
  /** Where an `external` or `command` part answers. */
  url?: string
  /** Shell commands of a `command` part. */
  upCommand?: string
  downCommand?: string
}

/** The variable by which CI jobs and people find a part. */
export const STEP_VARIABLES: Readonly<Record<InfraStep, string>> = {
  mongo: 'MONGODB_URL',
  alertmanager: 'ALERTMANAGER_URL',
  pushgateway: 'PUSHGATEWAY_URL',
  mock_services: 'LLM_URL',
  prometheus: 'PROMETHEUS_URL',
}

/** A process and the moment it started: a pid alone may belong to a stranger by now. */
export interface ProcessIdentity {
  pid: number
  /** Clock ticks from the boot of the machine to the start of the process. */
  start_ticks: number
}

/** A part that came up. */
export interface RunningStep {
  step: InfraStep
  provider: InfraProvider
  url: string
  /** Of `process` parts. */
  process?: ProcessIdentity
  port?: number
  /** Of `docker` parts: the project of the compose file that its container belongs to. */
  compose_project?: string
  /** Of `command` parts. */
  down_command?: string
}

/** What `infra:up` has started, written before and after each start. */
export interface InfraState {
  version: 1
  /** Every process started for this stack carries it in its environment. */
  token: string
  /** `starting` in a file that nobody holds means that `infra:up` was killed half-way. */
  phase: 'starting' | 'up'
  boot_id: string
  steps: RunningStep[]
}

/** Reasons why a part cannot come up on this host, and what to do. */
export interface MissingPart {
  step: InfraStep
  problem: Text
  fix: Text
}

/** What `infra:up` remembers between processes. */
export interface StateStore {
  read(): Promise<InfraState | undefined>
  write(state: InfraState): Promise<void>
  clear(): Promise<void>
  /**
   * Runs `work` while no other ep23 process changes this stack.
   * @throws INFRA_BUSY (75) when another one does so for longer than `waitSeconds`
   */
  exclusively<T>(work: () => Promise<T>, waitSeconds: number): Promise<T>
}

/** The processes of this host that carry a stack's token. */
export interface HostProcesses {
  bootId(): Promise<string>
  isAlive(identity: ProcessIdentity): Promise<boolean>
  /** Ends it, politely first; does nothing when the pid belongs to another process by now. */
  stop(identity: ProcessIdentity): Promise<void>
  /** Every living process that was started with this token, also one whose pid was never written down. */
  withToken(token: string): Promise<ProcessIdentity[]>
}

export interface StartContext {
  token: string
  /** The parts that run already. */
  running: readonly RunningStep[]
  signal: AbortSignal
  /** Told as soon as a process exists, before it is ready. */
  onProcess(started: RunningStep): Promise<void>
  note(text: Text): void
}

/** Brings one part up by its provider. */
export interface PartStarter {
  /** Undefined when the part could come up. */
  missing(plan: StepPlan): Promise<MissingPart | undefined>
  /** Returns when the part answers. */
  start(plan: StepPlan, context: StartContext): Promise<RunningStep>
  /** Undefined when the part answers now, else why not. */
  problem(running: RunningStep): Promise<Text | undefined>
  /** Takes down what is no process of this host: a container, or what a team's own command has started. */
  stop(running: RunningStep): Promise<void>
}

/** What the infrastructure use cases work with. */
export interface InfraDeps {
  state: StateStore
  processes: HostProcesses
  parts: PartStarter
  progress: Progress
  metrics: Metrics
  logger: Logger
  clock: Clock
  signal: AbortSignal
}
