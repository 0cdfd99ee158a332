import type {InfraProvider, InfraStep} from './infra-step.js'

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

/** An address without its password, for output and logs. */
export function maskPassword(url: string): string {
  return url.replace(/(?<=\/\/)[^/@]*@/u, '***@')
}
