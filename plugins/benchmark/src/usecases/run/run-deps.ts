import type {Clock, Logger, MetricHandles, Progress, RunIdentity} from '@ep23/sdk'

import type {HashText} from '../../domain/judgement.js'
import type {Sha256} from '../../domain/merkle-root.js'
import type {RunFolder} from '../../domain/run-folder.js'
import type {HardwareFacts} from '../../domain/run-result.js'
import type {benchmarkMetrics} from '../../metrics.js'

/** What the run use case works with; the command puts it together. */
export interface RunDeps {
  progress: Progress
  metrics: MetricHandles<typeof benchmarkMetrics>
  logger: Logger
  clock: Clock
  signal: AbortSignal
  run: RunIdentity
  version: string
  folder: RunFolder
  hardware: HardwareFacts
  sha256: Sha256
  hashText: HashText
}
