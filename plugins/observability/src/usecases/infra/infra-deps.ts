import type {Clock, Logger, Metrics, Progress} from '@ep23/sdk'

import type {HostProcesses, PartStarter, StateStore} from '../../domain/infra-ports.js'

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
