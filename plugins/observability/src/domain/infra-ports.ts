import type {InfraState, ProcessIdentity, RunningStep} from './infra-state.js'
import type {InfraStep, StepPlan} from './infra-step.js'

/** Reasons why a part cannot come up on this host, and what to do. */
export interface MissingPart {
  step: InfraStep
  problem: string
  fix: string
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
  note(text: string): void
}

/** Brings one part up by its provider. */
export interface PartStarter {
  /** Undefined when the part could come up. */
  missing(plan: StepPlan): Promise<MissingPart | undefined>
  /** Returns when the part answers. */
  start(plan: StepPlan, context: StartContext): Promise<RunningStep>
  /** Undefined when the part answers now, else why not. */
  problem(running: RunningStep): Promise<string | undefined>
  /** Takes down what is no process of this host: a container, or what a team's own command has started. */
  stop(running: RunningStep): Promise<void>
}
