import type {Judge, Clock, Language, Logger, MetricHandles, Progress, RunIdentity} from '@ep23/sdk'

import type {AnswerOptions} from '../../domain/answers.js'
import type {ScoreCalibration} from '../../domain/calibration.js'
import type {Executor} from '../../domain/executor.js'
import type {DatasetSource} from '../../domain/dataset-source.js'
import type {Sha256} from '../../domain/hashes.js'
import type {RunFolder} from '../../domain/run-folder.js'
import type {HardwareFacts} from '../../domain/run-result.js'
import type {HashText} from '../../domain/sample-line.js'
import type {Scenario} from '../../domain/scenario.js'
import type {benchmarkMetrics} from '../../metrics.js'

/** When to stop asking; what is not set does not limit. */
export interface RunLimits {
  maxCost?: number | undefined
  maxTokens?: number | undefined
  maxMinutes?: number | undefined
  /** Seconds that one judgement, or the writing of one answer, may take, all attempts together. */
  sampleSeconds: number
}

/** What `benchmark:run` was asked for, everything resolved. */
export interface RunRequest {
  scenario: Scenario
  dataset: DatasetSource
  judge: Judge
  /** Who computes; the run's own process without. */
  executor?: Executor | undefined
  dryRun: boolean
  /** What people think of the judge's scores. */
  calibrations: readonly ScoreCalibration[]
  requireCalibration: boolean
  requireProof: boolean
  judgeRepeats: number
  /** Answers written anew; those of the dataset without. */
  answers?: AnswerOptions | undefined
  /** At most so many samples, the first of the dataset's order. */
  limit: number | undefined
  limits: RunLimits
  resume: boolean
  baseline: string | null
}

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
  /** Of what is written for people. */
  language: Language
  sha256: Sha256
  hashText: HashText
}
